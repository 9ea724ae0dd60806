package io.chartreuse.core.store;

import io.chartreuse.spi.ChartreuseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a command was asked to write. */
public final class NewFile {

    private NewFile() {}

    /**
     * Writes the text, whole or not at all. Directories are not made.
     *
     * @throws ChartreuseException where the file cannot be written
     */
    public static void write(Path file, String text) {
        try {
            if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
                throw new NoSuchFileException(file.toString());
            }
            SharedDirectory.replace(file, text);
        } catch (IOException e) {
            throw SharedDirectory.unwritable(file, e);
        }
    }
}
