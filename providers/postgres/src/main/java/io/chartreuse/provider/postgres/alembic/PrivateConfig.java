package io.chartreuse.provider.postgres.alembic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A copy of the user's {@code alembic.ini} that nobody else can read, for one call; gone when it is closed, or when the
 * process ends. It holds no password of ours, but the user's file may hold one.
 */
final class PrivateConfig implements AutoCloseable {

    private final Path folder;
    private final Path file;

    private PrivateConfig(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /** @throws IOException where there is no room for temporary files */
    static PrivateConfig write(IniFile ini) throws IOException {
        // Java makes it for the owner only.
        Path folder = Files.createTempDirectory("chartreuse-alembic");
        folder.toFile().deleteOnExit();
        PrivateConfig config = new PrivateConfig(folder, folder.resolve("alembic.ini"));
        try {
            Path file = Files.createFile(
                    config.file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            Files.write(file, ini.content());
            return config;
        } catch (IOException e) {
            config.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
