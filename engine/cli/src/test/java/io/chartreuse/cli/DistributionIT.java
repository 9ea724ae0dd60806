package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.json.Json;
import io.chartreuse.core.store.FileBackendFactory;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged distribution as a process of its own, with one more provider in {@code lib}. */
final class DistributionIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("chartreuse.distribution", "nowhere"));
    private static final Path RECORDS = Path.of(".chartreuse", "shop");

    @TempDir
    static Path installed;

    private static Path home;

    @TempDir
    Path directory;

    @BeforeAll
    static void install() throws IOException {
        home = installed.resolve("a home with spaces");
        try (Stream<Path> files = Files.walk(DISTRIBUTION)) {
            for (Path file : files.toList()) {
                Path target = home.resolve(DISTRIBUTION.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        addProvider();
    }

    @BeforeEach
    void furnish() throws IOException {
        Files.writeString(directory.resolve("chartreuse.yaml"), "version: 1\nrelease: shop\nbackend: file\nslow: {}\n");
        Files.writeString(directory.resolve("revision"), "5");
        Files.writeString(directory.resolve("web"), "3");
    }

    /** What the author of a provider does: a jar beside the others. */
    private static void addProvider() throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(home.resolve("lib/slow.jar")))) {
            jar.putNextEntry(new JarEntry("META-INF/services/io.chartreuse.spi.provider.ProviderFactory"));
            jar.write(SlowProviderFactory.class.getName().getBytes(StandardCharsets.UTF_8));
            for (String name : List.of("SlowProviderFactory", "SlowProviderFactory$FileWorld")) {
                String path = "io/chartreuse/cli/" + name + ".class";
                jar.putNextEntry(new JarEntry(path));
                copy(path, jar);
            }
        }
    }

    private static void copy(String resource, OutputStream target) throws IOException {
        try (InputStream in = DistributionIT.class.getClassLoader().getResourceAsStream(resource)) {
            in.transferTo(target);
        }
    }

    private Process start(Path launcher, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out.txt").toFile())
                .redirectError(directory.resolve("err.txt").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("CHARTREUSE_CONFIG");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private int run(String... words) throws IOException, InterruptedException {
        return end(start(home.resolve("bin/chartreuse"), words));
    }

    private static int end(Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "did not end");
        return process.exitValue();
    }

    private String said(String stream) throws IOException {
        return Files.readString(directory.resolve(stream + ".txt"));
    }

    private static void await(Path file) throws InterruptedException {
        for (int i = 0; i < 3000 && !Files.exists(file); i++) {
            Thread.sleep(10);
        }
        assertTrue(Files.exists(file), file + " did not come");
    }

    @Test
    void theLauncherWorksThroughSymbolicLinksFromAnyDirectory() throws Exception {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(directory.resolve("other"), home.resolve("bin/chartreuse"));
        Files.createSymbolicLink(link, Path.of("other"));

        assertEquals(0, end(start(link, "version")), said("err"));
        assertTrue(said("out").startsWith("chartreuse 1."), said("out"));
    }

    @Test
    void theLauncherSaysWhichJavaItNeeds() throws Exception {
        Path old = Files.createDirectories(directory.resolve("jdk8/bin"));
        Files.copy(Path.of("/bin/true"), old.resolve("java"));
        Files.writeString(directory.resolve("jdk8/release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/chartreuse").toString(), "version")
                .redirectError(directory.resolve("err.txt").toFile());
        builder.environment().put("JAVA_HOME", directory.resolve("jdk8").toString());
        assertEquals(1, end(builder.start()));
        assertTrue(said("err").contains("is Java 1.8.0_402. Chartreuse needs 17 or newer"), said("err"));

        builder.environment().put("JAVA_HOME", directory.resolve("none").toString());
        assertEquals(1, end(builder.start()));
        assertTrue(said("err").contains("there is no bin/java in it"), said("err"));
    }

    @Test
    void allProvidersAreInstalled() throws Exception {
        assertEquals(0, run("providers", "--output", "json"));
        for (String name : List.of("kubernetes", "patroni", "postgres", "slow")) {
            assertTrue(said("out").contains("\"name\" : \"" + name + "\""), said("out"));
        }
        assertTrue(said("out").contains("\"file\""), said("out"));
    }

    @Test
    void exitCodesReachTheShell() throws Exception {
        assertEquals(2, run("plan", "--detailed-exitcode"), said("err"));
        assertEquals(64, run("plan", "--config", "none.yaml"));
        assertEquals("", said("out"));
    }

    @Test
    void aRunThatIsToldToEndBringsWorkloadsBackAndGivesTheLockBack() throws Exception {
        Process apply = start(home.resolve("bin/chartreuse"), "apply", "--yes", "--grace", "100ms");
        await(directory.resolve("migrating"));
        assertEquals("0", Files.readString(directory.resolve("web")));
        assertTrue(Files.exists(directory.resolve(RECORDS).resolve("lease.json")));

        apply.destroy();

        assertEquals(143, end(apply), said("err"));
        assertEquals("3", Files.readString(directory.resolve("web")));
        assertFalse(Files.exists(directory.resolve(RECORDS).resolve("lease.json")), "the lock is still held");
        assertTrue(said("out").contains("was stopped in order"), said("out"));
        assertTrue(said("out").contains("The workloads were restored."), said("out"));
        assertTrue(said("err").contains("Asked to end"), said("err"));
        assertEquals(0, run("audit", "show", "--output", "json"));
        assertEquals("interrupted", Json.read(said("out")).get("outcome").asText());
    }

    @Test
    void aRunThatWasStoppedIsResumedByTheNextApply() throws Exception {
        Process apply = start(home.resolve("bin/chartreuse"), "apply", "--yes", "--grace", "100ms");
        await(directory.resolve("migrating"));
        apply.destroy();
        assertEquals(143, end(apply), said("err"));
        Files.writeString(directory.resolve("go"), "");

        assertEquals(0, run("apply", "--yes"), said("err"));

        assertTrue(said("out").contains("did not finish: it is resumed"), said("out"));
        assertEquals("6", Files.readString(directory.resolve("revision")));
        assertEquals("3", Files.readString(directory.resolve("web")));
    }

    @Test
    void aCommandThatWaitsForTheLockEndsAtOnce() throws Exception {
        Path records = Files.createDirectories(directory.resolve(RECORDS));
        holdLock();
        Process apply = start(home.resolve("bin/chartreuse"), "apply", "--yes", "--lock-timeout", "1h");
        awaitSaid("watching for 300 s whether it is renewed");

        apply.destroy();

        assertEquals(143, end(apply), said("err"));
        assertTrue(said("err").contains("before the run began: nothing was changed"), said("err"));
        assertEquals("3", Files.readString(directory.resolve("web")));
        assertTrue(Files.exists(records.resolve("lease.json")), "the lock of another was taken away");
    }

    private void holdLock() throws VersionConflict {
        Context context = new Context(
                "shop", Optional.empty(), directory, reference -> new Secret(""), Map.of(), Clock.systemUTC());
        try (Backend backend = new FileBackendFactory().create(Json.object(), context)) {
            Instant now = Instant.now();
            backend.lock().write(new Lease("somebody", now, now, Duration.ofMinutes(5), ""));
        }
    }

    private void awaitSaid(String words) throws IOException, InterruptedException {
        for (int i = 0; i < 3000 && !said("err").contains(words); i++) {
            Thread.sleep(10);
        }
        assertTrue(said("err").contains(words), said("err"));
    }

    @Test
    void debuggingLogsToTheStandardError() throws Exception {
        assertEquals(64, run("plan", "--config", "none.yaml", "--debug"));
        assertTrue(said("err").contains(" debug io.chartreuse.cli.Failures: the command failed"), said("err"));
        assertTrue(said("err").contains("\tat io.chartreuse"), said("err"));
    }
}
