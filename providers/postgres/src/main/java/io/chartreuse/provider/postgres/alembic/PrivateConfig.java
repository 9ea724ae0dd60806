package io.chartreuse.provider.postgres.alembic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The files that Alembic is called with, in a folder that only this user can read: a configuration that leads to
 * Chartreuse's {@code env.py}, that file, and a copy of the user's {@code alembic.ini} for it. Deleted on close, or
 * when this process ends. They hold no password of Chartreuse's, but the user's file may hold one.
 */
final class PrivateConfig implements AutoCloseable {

    private static final String ENVIRONMENT = "env.py";

    private final Path folder;

    private PrivateConfig(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the files.
     *
     * @param section the section of the user's file
     * @param mark    the beginning of the messages of Chartreuse's {@code env.py}
     * @throws IOException where temporary files cannot be written
     */
    static PrivateConfig write(String section, String mark) throws IOException {
        // Java creates it with access for the owner only.
        PrivateConfig config = new PrivateConfig(Files.createTempDirectory("chartreuse-alembic"));
        config.folder.toFile().deleteOnExit();
        try (InputStream environment = PrivateConfig.class.getResourceAsStream(ENVIRONMENT)) {
            IniFile ini = IniFile.of(new byte[0])
                    .with(section, "script_location", config.folder.toString())
                    .with(section, "chartreuse_config", config.copy().toString())
                    .with(section, "chartreuse_mark", mark);
            config.write(config.file(), ini.content());
            config.write(config.folder.resolve(ENVIRONMENT), environment.readAllBytes());
            config.write(config.copy(), new byte[0]);
            return config;
        } catch (IOException e) {
            config.close();
            throw e;
        }
    }

    /** The configuration that Alembic is called with. */
    Path file() {
        return folder.resolve("chartreuse.ini");
    }

    /** Replaces the copy of the user's file. */
    void copy(IniFile ini) throws IOException {
        Files.write(copy(), ini.content());
    }

    private Path copy() {
        return folder.resolve("alembic.ini");
    }

    private void write(Path path, byte[] content) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        path.toFile().deleteOnExit();
        Files.write(path, content);
    }

    @Override
    public void close() {
        try {
            for (Path path : List.of(file(), folder.resolve(ENVIRONMENT), copy(), folder)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
