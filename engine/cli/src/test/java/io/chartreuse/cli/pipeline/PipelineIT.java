package io.chartreuse.cli.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.pipeline.Launcher.Call;
import io.chartreuse.cli.pipeline.Launcher.Result;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineIT {

    private static final String SECRET = "mArk3d S\"ecr'et/ä%&";
    private static final String WRONG = "wr0ngMark3dSecret";
    private static final String VARIABLE = "SHOP_PG_PASSWORD";
    private static final String FROM_ENVIRONMENT = "{env: " + VARIABLE + "}";

    @TempDir
    private Path directory;

    private Shop shop;
    private Launcher chartreuse;

    @BeforeEach
    void open() throws IOException, SQLException {
        shop = new Shop(directory, SECRET);
        shop.configure(FROM_ENVIRONMENT);
        shop.migration("V1__create.sql", "CREATE TABLE purchase (id bigint PRIMARY KEY);");
        chartreuse = launcher(SECRET);
    }

    private Launcher launcher(String password) {
        return new Launcher(directory, Map.of(VARIABLE, password));
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    @Test
    void aReviewedPlanIsAppliedAndRecorded() throws Exception {
        ends(2, chartreuse.run("plan", "--out", "plan.json", "--detailed-exitcode"));
        ends(0, chartreuse.run("apply", "plan.json"));
        assertEquals("shop_owner", shop.shop("SELECT tableowner FROM pg_tables WHERE tablename = 'purchase'"));
        assertEquals(
                "shop_owner", shop.shop("SELECT tableowner FROM pg_tables WHERE tablename = 'flyway_schema_history'"));
        assertEquals(3, shop.replicas("web"));
        ends(0, chartreuse.run("plan", "--detailed-exitcode"));
        assertTrue(chartreuse.run("audit", "list").output().contains("succeeded"));
        assertFalse(configMaps("plan").isEmpty(), "the plan came as a file and is kept in the cluster");
    }

    @Test
    void aFailedMigrationBringsWorkloadsBack() throws Exception {
        shop.migration("V1__create.sql", "CREATE TABLE purchase (id bigint); SELECT 1 / 0;");
        Result failed = chartreuse.run("apply", "--yes");
        ends(1, failed);
        assertTrue(failed.output().contains("division by zero"), failed::output);
        assertEquals(3, shop.replicas("web"));
        assertEquals(1, shop.replicas("worker"));
    }

    @Test
    void aKilledProcessIsTakenOver() throws Exception {
        shop.migration("V2__slow.sql", "ALTER TABLE purchase ADD COLUMN state text; SELECT pg_sleep(4);");
        Call first = chartreuse.start("apply", "--yes");
        first.awaitSaid("migration 2 of 2");
        first.process().destroyForcibly().waitFor();
        assertEquals(0, shop.replicas("web"), "nobody was there to bring it back");
        Result second = chartreuse.run("apply", "--yes");
        ends(0, second);
        assertTrue(second.output().contains("did not finish: it is resumed"), second::output);
        assertEquals(3, shop.replicas("web"));
        assertEquals("2", shop.shop("SELECT max(version) FROM flyway_schema_history"));
    }

    @Test
    void aProcessThatIsToldToEndEndsInOrder() throws Exception {
        shop.migration("V1__create.sql", "CREATE TABLE purchase (id bigint); SELECT pg_sleep(120);");
        Call run = chartreuse.start("apply", "--yes", "--grace", "1s");
        run.awaitSaid("migration 1 of 1");
        run.process().destroy();
        ends(143, run.end());
        assertEquals(3, shop.replicas("web"));
        assertEquals(1, shop.replicas("worker"));
        assertTrue(chartreuse.run("status").output().contains("free"), "the lock is given back");
    }

    @Test
    void aSecretReachesNothingThatIsWritten() throws Exception {
        shop.migration("V2__slow.sql", "ALTER TABLE purchase ADD COLUMN state text; SELECT pg_sleep(2);");
        everythingThatTalks();
        List<String> all = everythingWritten();
        for (String form : forms()) {
            all.forEach(text -> assertFalse(text.contains(form), () -> "\"" + form + "\" shows in:\n" + text));
        }
    }

    private void everythingThatTalks() throws Exception {
        chartreuse.run("plan", "--out", "plan.json", "--debug");
        chartreuse.run("plan", "--output", "json");
        Call run = chartreuse.start("apply", "plan.json", "--debug");
        run.awaitSaid("migration 2 of 2");
        List<String> commandLines = commandLines(run.process().toHandle());
        Files.write(directory.resolve("ps.txt"), commandLines);
        assertTrue(commandLines.stream().anyMatch(line -> line.contains("chartreuse")), commandLines::toString);
        ends(0, run.end());
        chartreuse.run("status", "--output", "json", "--debug");
        chartreuse.run("audit", "show", "latest", "--output", "json");
        Result refused = launcher(WRONG).run("plan", "--debug");
        ends(1, refused);
        Files.writeString(directory.resolve("refused.txt"), refused.output());
        fromFile();
    }

    private void fromFile() throws Exception {
        Path outside = Files.createTempFile("password", "");
        try {
            Files.writeString(outside, SECRET + "\n");
            shop.configure("{file: " + outside + "}");
            ends(0, chartreuse.run("plan", "--debug"));
        } finally {
            Files.delete(outside);
        }
    }

    private static List<String> commandLines(ProcessHandle process) throws IOException {
        List<String> lines = new ArrayList<>();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        for (ProcessHandle each : all) {
            lines.add(Files.readString(Path.of("/proc/" + each.pid() + "/cmdline"))
                    .replace('\0', ' '));
        }
        return lines;
    }

    private List<String> everythingWritten() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(file + "\n" + Files.readString(file, StandardCharsets.ISO_8859_1));
                texts.add(file + "\n" + Files.readString(file));
            }
        }
        KubernetesClient client = shop.cluster().client();
        String namespace = shop.cluster().namespace();
        List<HasMetadata> objects = new ArrayList<>();
        objects.addAll(client.configMaps().inNamespace(namespace).list().getItems());
        objects.addAll(client.leases().inNamespace(namespace).list().getItems());
        objects.addAll(client.apps().deployments().inNamespace(namespace).list().getItems());
        objects.forEach(object -> texts.add(Serialization.asYaml(object)));
        return texts;
    }

    private static List<String> forms() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        return List.of(
                SECRET,
                WRONG,
                SECRET.replace("\"", "\\\""),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(bytes));
    }

    private List<?> configMaps(String artifact) {
        return shop.cluster()
                .client()
                .configMaps()
                .inNamespace(shop.cluster().namespace())
                .withLabel("chartreuse.io/artifact", artifact)
                .list()
                .getItems();
    }

    private static void ends(int exitCode, Result result) {
        assertEquals(exitCode, result.exitCode(), result::output);
    }
}
