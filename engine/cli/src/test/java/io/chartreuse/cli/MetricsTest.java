package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status --output prometheus} prints is what Prometheus reads. */
final class MetricsTest {

    private static final Pattern LINE = Pattern.compile("# HELP [a-z_]+ [^\\n]+|# TYPE [a-z_]+ gauge"
            + "|[a-z_]+\\{[a-z_]+=\"[^\"\\n]*\"(,[a-z_]+=\"[^\"\\n]*\")*} [0-9]+(\\.[0-9]+)?");

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private Said metrics(String... more) {
        String[] words = java.util.Arrays.copyOf(new String[] {"status", "-o", "prometheus"}, 3 + more.length);
        System.arraycopy(more, 0, words, 3, more.length);
        return desk.run(words);
    }

    private static void assertReadable(String text) {
        assertTrue(text.endsWith("\n"), text);
        List<String> odd =
                text.lines().filter(line -> !LINE.matcher(line).matches()).toList();
        assertEquals(List.of(), odd);
    }

    @Test
    void aReleaseThatWasNeverRunHasMetricsToo() {
        Said said = metrics();
        assertEquals(0, said.code(), said.all());
        assertReadable(said.out());
        assertTrue(said.out().contains("chartreuse_drift_known{release=\"shop\"} 0"), said.all());
    }

    @Test
    void aReleaseThatDriftedShowsWhatAndWhere() {
        desk.world.failAt("main", 7);
        desk.run("apply", "--yes");
        desk.world.make("stock", "table public.hotfix", "1").make("stock", "table public.other", "1");
        Said said = metrics();
        assertEquals(0, said.code(), said.all());
        assertReadable(said.out());
        Golden.assertSame("status-prometheus", said.all());
        assertEquals(2, metrics("--drift").code());
    }

    @Test
    void whereNothingCanBeReadItIsNotUp() {
        desk.run("apply", "--yes");
        desk.world.unreadable(true);
        Said said = metrics();
        assertEquals(1, said.code(), said.all());
        assertReadable(said.out());
        assertTrue(said.out().contains("chartreuse_up{release=\"shop\"} 0"), said.all());
        assertTrue(said.out().contains("chartreuse_last_run_success{release=\"shop\"} 1"), said.all());
    }

    @Test
    void aFileIsWrittenWholeForACollector() throws IOException {
        Path file = directory.resolve("chartreuse.prom");
        Said said = metrics("--out", file.toString());
        assertEquals(0, said.code(), said.all());
        assertEquals("", said.out());
        assertEquals(metrics().out(), Files.readString(file));
        assertEquals(64, desk.run("status", "--out", file.toString()).code());
        assertEquals(64, metrics("--out", directory + "/absent/chartreuse.prom").code());
        assertEquals(64, desk.run("plan", "-o", "prometheus").code());
    }
}
