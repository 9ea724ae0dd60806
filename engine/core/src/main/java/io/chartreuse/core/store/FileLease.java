package io.chartreuse.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.UnreadableLease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The lease as a file. Its version is random, so that one that was deleted and written anew is not mistaken for the old. */
final class FileLease implements Lock {

    private final SharedDirectory directory;
    private final Path file;

    FileLease(SharedDirectory directory) {
        this.directory = directory;
        this.file = directory.resolve("lease.json");
    }

    @Override
    public Optional<Lease> read() {
        try {
            return directory.read(file).map(this::parse);
        } catch (ChartreuseException e) {
            throw e.diagnostics().get(0).code() == StoreError.FOREIGN ? new UnreadableLease(e) : e;
        }
    }

    @Override
    public Lease write(Lease lease) throws VersionConflict {
        return directory.exclusively(() -> {
            checkVersion(lease);
            Lease written = lease.at(UUID.randomUUID().toString());
            replace(lease, Json.pretty(document(written)));
            return written;
        });
    }

    /** On a full disk a lease is still renewed, in the room that it has: a run that goes on must not lose its lock for that. */
    private void replace(Lease lease, String text) throws IOException {
        try {
            directory.replace(file, text);
        } catch (IOException full) {
            if (lease.version().isEmpty()) {
                throw full;
            }
            directory.renew(file, text);
        }
    }

    @Override
    public void delete(Lease lease) throws VersionConflict {
        directory.exclusively(() -> {
            checkVersion(lease);
            directory.delete(file);
            return lease;
        });
    }

    private void checkVersion(Lease lease) throws VersionConflict {
        String current = read().map(Lease::version).orElse("");
        if (!current.equals(lease.version())) {
            throw new VersionConflict(file.toString());
        }
    }

    private static ObjectNode document(Lease lease) {
        return Json.object()
                .put("holder", lease.holder())
                .put("acquiredAt", lease.acquiredAt().toString())
                .put("renewedAt", lease.renewedAt().toString())
                .put("durationSeconds", lease.duration().toSeconds())
                .put("version", lease.version())
                .put("transitions", lease.transitions());
    }

    private Lease parse(String text) {
        try {
            Fields fields = Fields.of(Json.read(text));
            return new Lease(
                    fields.text("holder"),
                    fields.time("acquiredAt"),
                    fields.time("renewedAt"),
                    Duration.ofSeconds(fields.wholeNumber("durationSeconds", 1)),
                    fields.text("version"),
                    fields.wholeNumber("transitions", 0));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.FOREIGN,
                    file + " is not a lease of Chartreuse",
                    "Make sure that no run is under way, then delete the file."));
        }
    }
}
