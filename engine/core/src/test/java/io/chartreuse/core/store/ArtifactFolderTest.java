package io.chartreuse.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.Artifact;
import io.chartreuse.spi.ChartreuseException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFolderTest {

    private static final Artifact RUN =
            new Artifact("20261122t070000z-abcdef", "shop", "1.4", Instant.parse("2026-11-22T07:00:00Z"), "{}", "");

    @TempDir
    Path directory;

    private ArtifactFolder folder() {
        return new ArtifactFolder(new SharedDirectory(directory.resolve("new/shop")), "runs");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatIsWrittenIsForItsOwnerOnly() throws Exception {
        ArtifactFolder folder = folder();
        Artifact written = folder.write(RUN);
        folder.write(new Artifact(RUN.id(), "shop", "1.4", RUN.createdAt(), "{\"again\": true}", written.version()));

        assertEquals("rw-------", permissions(folder.file(RUN.id())));
        assertEquals("rwx------", permissions(directory.resolve("new/shop")));
        assertEquals("rwx------", permissions(directory.resolve("new/shop/runs")));
    }

    @Test
    void oneThatMemoryDoesNotHoldKeepsNoOtherFromBeingRead() throws Exception {
        ArtifactFolder folder = folder();
        folder.write(RUN);
        Path bomb = folder.file("20261122t080000z-abcdef");
        try (RandomAccessFile sparse = new RandomAccessFile(bomb.toFile(), "rw")) {
            sparse.setLength(BoundedText.LARGEST + 1L);
        }

        assertEquals(List.of(RUN.id()), folder.list().stream().map(Artifact::id).toList());
        assertTrue(folder.unsound().get(0).summary().contains(bomb + " has more than"), folder.unsound()::toString);
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        ArtifactFolder folder = folder();
        folder.write(RUN);
        Path elsewhere = Files.move(folder.file(RUN.id()), directory.resolve("elsewhere.json"));
        Files.createSymbolicLink(folder.file(RUN.id()), elsewhere);

        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> folder.find(RUN.id()));
        assertTrue(refused.getMessage().contains("is a link"), refused.getMessage());
    }
}
