package io.chartreuse.cli.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much memory the launcher lets the virtual machine use. The control groups are files of this test, mounted over the
 * real ones for one process; the Java is a script that prints its arguments.
 */
final class LauncherMemoryTest {

    private static final String FIRST = "30 23 0:28 / MOUNT rw,relatime - cgroup cgroup rw,memory\n";
    private static final String SECOND = "30 23 0:28 / MOUNT rw,relatime - cgroup2 cgroup rw\n";
    private static final long MIB = 1024 * 1024;

    @TempDir
    Path directory;

    private Path groups;

    @BeforeEach
    void furnish() throws Exception {
        groups = Files.createDirectories(directory.resolve("groups"));
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.writeString(directory.resolve("meminfo"), "MemTotal:       16777216 kB\nMemFree: 1 kB\n");
    }

    private void limit(String file, String content) throws IOException {
        Path limit = groups.resolve(file);
        Files.createDirectories(limit.getParent());
        Files.writeString(limit, content + "\n");
    }

    private void limit(String file, long bytes) throws IOException {
        limit(file, String.valueOf(bytes));
    }

    /** What the launcher gives as {@code MaxRAM}, in MiB. */
    private long memory(String group, String mounts) throws Exception {
        Files.writeString(directory.resolve("group"), group + "\n");
        Files.writeString(directory.resolve("mounts"), mounts.replace("MOUNT", groups.toString()));
        List<String> options = run("""
                set -e
                mount --bind group /proc/$$/cgroup
                mount --bind meminfo /proc/meminfo
                mount --bind mounts /proc/$$/mountinfo
                exec sh "$0" version
                """);
        String prefix = "-XX:MaxRAM=";
        List<String> found = options.stream()
                .filter(option -> option.startsWith(prefix))
                .map(option -> option.substring(prefix.length()))
                .toList();
        assertEquals(1, found.size(), options.toString());
        return Long.parseLong(found.get(0)) / MIB;
    }

    private List<String> run(String script) throws Exception {
        List<String> command = new ArrayList<>(List.of("unshare", "-Urm", "sh", "-c", script));
        command.add(Path.of("src/dist/bin/chartreuse").toAbsolutePath().toString());
        Process process = process(command);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "did not end");
        List<String> said = Files.readAllLines(directory.resolve("out"));
        assertEquals(0, process.exitValue(), said.toString());
        return said;
    }

    private Process process(List<String> command) throws IOException {
        assumeTrue(mayMount(), "this user may not mount files over others");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        return builder.start();
    }

    private static boolean mayMount() {
        try {
            Process trial = new ProcessBuilder("unshare", "-Urm", "mount", "--bind", "/etc", "/mnt")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(30, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aLimitOfTheSecondVersionBounds() throws Exception {
        limit("memory.max", 512 * MIB);
        assertEquals(512, memory("0::/", SECOND));
    }

    @Test
    void aLimitOfTheFirstVersionBounds() throws Exception {
        limit("memory.limit_in_bytes", 256 * MIB);
        assertEquals(256, memory("4:memory:/\n0::/", FIRST));
    }

    @Test
    void aLimitOnAGroupFurtherUpBoundsToo() throws Exception {
        limit("pods/one/memory.max", 300 * MIB);
        limit("pods/one/main/memory.max", "max");
        assertEquals(300, memory("0::/pods/one/main", SECOND));
    }

    @Test
    void theLeastOfSeveralLimitsCounts() throws Exception {
        limit("pods/memory.limit_in_bytes", 900 * MIB);
        limit("pods/one/memory.limit_in_bytes", 200 * MIB);
        limit("pods/one/main/memory.limit_in_bytes", 700 * MIB);
        assertEquals(200, memory("9:cpu,memory:/pods/one/main", FIRST));
    }

    @Test
    void aGroupThatIsSlowedDownIsBoundedWhereThatBegins() throws Exception {
        limit("one/memory.max", 512 * MIB);
        limit("one/memory.high", 384 * MIB);
        assertEquals(384, memory("0::/one", SECOND));
    }

    @Test
    void theGroupMayBeWhatIsMounted() throws Exception {
        limit("memory.limit_in_bytes", 640 * MIB);
        assertEquals(640, memory("4:memory:/docker/4711", FIRST.replace(" / ", " /docker/4711 ")));
    }

    @Test
    void withoutALimitTheMachineBoundsOrWhatKeepsReferencesSmall() throws Exception {
        limit("memory.max", "max");
        assertEquals(4096, memory("0::/", SECOND));
        limit("memory.limit_in_bytes", "9223372036854771712");
        assertEquals(4096, memory("4:memory:/", FIRST));
        Files.writeString(directory.resolve("meminfo"), "MemTotal:        2097152 kB\n");
        assertEquals(2048, memory("0::/", SECOND));
    }

    @Test
    void aLimitThatMeansNothingIsPassedOver() throws Exception {
        limit("memory.max", "plenty");
        limit("memory.high", "");
        assertEquals(4096, memory("0::/../elsewhere", SECOND));
    }
}
