package io.chartreuse.cli.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image's Java runtime has what the distribution needs, as the JDK's own {@code jdeps} sees it, and no more. */
final class RuntimeModulesIT {

    /** Reached by name only, each with its reason in the file of modules. */
    private static final Set<String> BY_NAME = Set.of("jdk.charsets", "jdk.crypto.ec", "jdk.zipfs");

    /** Needed by a method of the JDBC driver that Chartreuse never calls. */
    private static final Set<String> NEVER_CALLED = Set.of("java.desktop");

    @Test
    void theModulesAreThoseThatTheDistributionNeeds() throws IOException {
        Set<String> needed = needed();
        assertTrue(needed.removeAll(NEVER_CALLED), "java.desktop is no longer named: take it out here");
        needed.addAll(BY_NAME);
        assertEquals(needed, listed());
    }

    private static Set<String> listed() throws IOException {
        return new TreeSet<>(Files.readAllLines(Path.of("../image/modules")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList());
    }

    private static Set<String> needed() throws IOException {
        List<String> jars;
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("chartreuse.distribution"), "lib"))) {
            jars = files.map(Path::toString).sorted().toList();
        }
        List<String> words = new ArrayList<>(List.of(
                "--print-module-deps",
                "--ignore-missing-deps",
                "--multi-release",
                Integer.toString(Runtime.version().feature())));
        words.addAll(jars);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code = ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, words.toArray(String[]::new));
        assertEquals(0, code, said.toString());
        String last = said.toString().lines().reduce((one, next) -> next).orElseThrow();
        return new TreeSet<>(Arrays.asList(last.split(",")));
    }
}
