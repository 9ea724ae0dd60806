package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

/** Golden files that people have reviewed. {@code -Dgolden.update=true} writes them anew for another review. */
final class Golden {

    private static final Path HOME = Path.of("src/test/resources/golden");

    private Golden() {}

    static void assertSame(String name, String actual) {
        assertSame(HOME.resolve(name), actual);
    }

    static void assertSame(Path file, String actual) {
        if (Boolean.getBoolean("golden.update")) {
            ChartFolder.write(file, actual);
        }
        assertEquals(ChartFolder.read(file), actual, "differs from " + file);
    }
}
