package io.chartreuse.core.configuration;

import io.chartreuse.spi.model.ChartreuseException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A configuration as it was written, before anything is made of it: mostly a file's content.
 *
 * @param name      what messages call it: the file as the user named it
 * @param text      the YAML
 * @param directory where relative paths start, absolute
 */
public record ConfigurationText(String name, String text, Path directory) {
    public ConfigurationText {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + directory);
        }
    }

    /**
     * Reads a file; relative paths start where it is.
     *
     * @throws ChartreuseException where there is no file, or none that can be read as text
     */
    public static ConfigurationText read(Path file) {
        String text = SourceText.read(file);
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        return new ConfigurationText(file.toString(), text, directory);
    }

    /** Without the text: it may hold a secret where none belongs. */
    @Override
    public String toString() {
        return name;
    }
}
