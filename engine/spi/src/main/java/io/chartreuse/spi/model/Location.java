package io.chartreuse.spi.model;

import io.chartreuse.spi.provider.ProviderFactory;
import java.util.Objects;

/**
 * A place in a file of the user's.
 *
 * @param file   as the user named it; empty for a setting whose place is still to be found
 * @param line   from 1; 0 where the file as a whole is meant
 * @param column from 1; 0 where the line as a whole is meant
 * @param path   JSON pointer of the setting; empty for the whole document
 */
public record Location(String file, int line, int column, String path) {
    public Location {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
    }

    /** The file as a whole. */
    public static Location of(String file) {
        return new Location(file, 0, 0, "");
    }

    /**
     * A setting of the configuration, for problems that {@link ProviderFactory#create} finds: the engine adds file, line
     * and column.
     *
     * @param path JSON pointer from the configuration's root: {@code /postgres/databases/main/url}
     */
    public static Location ofSetting(String path) {
        return new Location("", 0, 0, path);
    }

    /** {@code chartreuse.yaml:7:3 /postgres/databases/main/url}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (column > 0) {
            text.append(':').append(column);
        }
        return path.isEmpty()
                ? text.toString()
                : text.append(' ').append(path).toString().strip();
    }
}
