package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.chartreuse.core.store.FileBackendFactory;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileBackendTest extends BackendContract {

    @TempDir
    private Path directory;

    @Override
    protected Backend open() {
        return open("artifacts");
    }

    private Backend open(String name) {
        Context context = new Context(
                "shop", Optional.empty(), directory, reference -> new Secret(""), Map.of(), Clock.systemUTC());
        return new FileBackendFactory()
                .create(JsonNodeFactory.instance.objectNode().put("directory", name), context);
    }

    @Test
    void aFileThatIsNotOursIsNamed() throws IOException, VersionConflict {
        try (Backend backend = open()) {
            backend.journal().write(new Artifact("run-1", "shop", "1.0", Instant.EPOCH, "{}", ""));
            Path file = directory.resolve("artifacts/shop/runs/run-1.json");
            Files.writeString(file, Files.readString(file).substring(0, 20));
            Diagnostic refusal = refusal(() -> backend.journal().list());
            assertEquals("store.foreign", refusal.code().code());
            assertTrue(refusal.summary().contains("run-1.json"), refusal.summary());
        }
    }

    @Test
    void aStateThatIsNotOursIsNamed() throws IOException {
        try (Backend backend = open()) {
            Path file = directory.resolve("artifacts/shop/state/current.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{\"terraform_version\": \"1.9.0\"}");
            Diagnostic refusal = refusal(() -> backend.state().read());
            assertEquals("store.foreign", refusal.code().code());
            assertTrue(refusal.summary().contains("current.json"), refusal.summary());
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(directory.resolve("occupied"), "a file, not a directory");
        try (Backend backend = open("occupied")) {
            Diagnostic refusal = refusal(
                    () -> backend.journal().write(new Artifact("run-1", "shop", "1.0", Instant.EPOCH, "{}", "")));
            assertEquals("store.unwritable", refusal.code().code());
            assertTrue(refusal.summary().contains("occupied"), refusal.summary());
        }
    }

    @Test
    void aWriteLeavesNothingBesideTheFile() throws VersionConflict, IOException {
        try (Backend backend = open()) {
            backend.journal().write(new Artifact("run-1", "shop", "1.0", Instant.EPOCH, "{}", ""));
            try (var files = Files.list(directory.resolve("artifacts/shop/runs"))) {
                assertEquals(1, files.count());
            }
        }
    }

    private static Diagnostic refusal(Executable work) {
        return assertThrows(ChartreuseException.class, work).diagnostics().get(0);
    }
}
