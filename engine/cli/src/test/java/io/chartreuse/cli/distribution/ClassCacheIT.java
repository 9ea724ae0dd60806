package io.chartreuse.cli.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of classes of the packaged distribution, on the Java that runs the tests: it is used, or it does no harm. */
final class ClassCacheIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("chartreuse.distribution", "nowhere"));

    /** Fails where the cache cannot be used. */
    private static final String REQUIRED = Runtime.version().feature() < 25 ? "-Xshare:on" : "-XX:AOTMode=on";

    @TempDir
    static Path directory;

    private static Path home;
    private static Path cache;

    private record Said(int code, String out, String err) {}

    @BeforeAll
    static void record() throws Exception {
        home = directory.resolve("a home with spaces");
        copy(DISTRIBUTION, home);
        Said said = run(home, Map.of(), "chartreuse-cache", "version");
        assertEquals(0, said.code(), said.err());
        try (Stream<Path> files = Files.list(home.resolve("cache"))) {
            List<Path> caches = files.toList();
            assertEquals(1, caches.size(), caches.toString());
            cache = caches.get(0);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static Said run(Path home, Map<String, String> environment, String program, String... words)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/" + program).toString()));
        command.addAll(Arrays.asList(words));
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHARTREUSE_") || name.startsWith("JAVA_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", directory.resolve("nobody").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "did not end");
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void assertUsed(Path home, Map<String, String> environment) throws Exception {
        Map<String, String> strict = new java.util.HashMap<>(environment);
        strict.put("CHARTREUSE_JAVA_OPTS", REQUIRED);
        Said said = run(home, strict, "chartreuse", "version");
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().startsWith("chartreuse "), said.out());
    }

    private static void assertHarmless(Map<String, String> environment) throws Exception {
        Said said = run(home, environment, "chartreuse", "version");
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().startsWith("chartreuse "), said.out());
        assertEquals("", said.err());
    }

    @Test
    void whatWasRecordedIsUsed() throws Exception {
        assertUsed(home, Map.of());
    }

    @Test
    void aProviderThatIsAddedLeavesItOfUse() throws Exception {
        Path providers = Files.createDirectories(home.resolve("providers"));
        Path added = providers.resolve("ours.jar");
        try {
            new JarOutputStream(Files.newOutputStream(added)).close();
            assertUsed(home, Map.of());
            assertHarmless(Map.of());
        } finally {
            Files.deleteIfExists(added);
        }
    }

    /** Java compares the paths behind what all jars have in common, which an added provider makes shorter. */
    @Test
    void aDistributionThatWasMovedAndGivenAProviderRunsWithoutIt() throws Exception {
        Path moved = directory.resolve("moved, with a provider");
        copy(home, moved);
        Files.createDirectories(moved.resolve("providers"));
        new JarOutputStream(Files.newOutputStream(moved.resolve("providers/ours.jar"))).close();

        Said said = run(moved, Map.of(), "chartreuse", "version");
        assertEquals("", said.err());
        assertEquals(0, said.code());
    }

    @Test
    void aCacheThatIsCutOffOrNotOneIsPassedOverInSilence() throws Exception {
        Path other = Files.createDirectories(directory.resolve("broken"));
        byte[] whole = Files.readAllBytes(cache);
        // Java 17 does not look how long the file is, and ends with SIGBUS: chartreuse-cache puts whole ones in place
        // only.
        int kept = Runtime.version().feature() < 25 ? 100 : whole.length / 2;
        for (byte[] broken : List.of(new byte[0], "no cache".getBytes(), Arrays.copyOf(whole, kept))) {
            Files.write(other.resolve(cache.getFileName()), broken);
            assertHarmless(Map.of("CHARTREUSE_CACHE", other.toString()));
        }
    }

    @Test
    void aCacheOfJarsThatWereChangedSinceIsPassedOverInSilence() throws Exception {
        Path changed = directory.resolve("changed");
        copy(home, changed);
        try (Stream<Path> jars = Files.list(changed.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
            }
        }
        Said said = run(changed, Map.of(), "chartreuse", "version");
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().startsWith("chartreuse "), said.out());
        assertEquals("", said.err());
    }

    @Test
    void itCanBeTurnedOffAndBeOverruled() throws Exception {
        assertHarmless(Map.of("CHARTREUSE_CACHE", "off"));
        assertHarmless(Map.of("CHARTREUSE_CACHE", directory.resolve("nowhere").toString()));
        assertHarmless(Map.of("CHARTREUSE_JAVA_OPTS", "-XX:-UseSerialGC -XX:+UseParallelGC"));
    }

    @Test
    void itIsWrittenWhereOneAsksForAndFoundThere() throws Exception {
        Path elsewhere = directory.resolve("else where");
        Path plain = directory.resolve("plain");
        copy(DISTRIBUTION, plain);
        Said said = run(plain, Map.of(), "chartreuse-cache", "--into", elsewhere.toString(), "version");
        assertEquals(0, said.code(), said.err());
        assertFalse(Files.exists(plain.resolve("cache")), "also written beside the distribution");
        assertUsed(plain, Map.of("CHARTREUSE_CACHE", elsewhere.toString()));
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertEquals(1, files.count(), "something was left beside the cache");
        }
    }

    @Test
    void aCommandThatFailsLeavesTheOldCache() throws Exception {
        FileTime before = Files.getLastModifiedTime(cache);
        Said said = run(home, Map.of(), "chartreuse-cache", "plan", "--config", "none.yaml");
        assertEquals(64, said.code(), said.err());
        assertEquals(before, Files.getLastModifiedTime(cache));
        assertUsed(home, Map.of());
    }
}
