package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that people have looked at. {@code -Dgolden.update=true} writes them anew, to be looked at again. */
public final class Golden {

    private static final Path HOME = Path.of("src/test/resources/golden");

    private Golden() {}

    public static void assertSame(String name, String actual) {
        Path file = HOME.resolve(name + ".txt");
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(HOME);
                Files.writeString(file, actual);
            }
            assertEquals(Files.readString(file), actual, "differs from " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
