package io.chartreuse.cli.pipeline;

import static io.chartreuse.cli.pipeline.Marks.ALEMBIC;
import static io.chartreuse.cli.pipeline.Marks.FLYWAY;
import static io.chartreuse.cli.pipeline.Marks.MARK;
import static io.chartreuse.cli.pipeline.Marks.REST;
import static io.chartreuse.cli.pipeline.Marks.TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.pipeline.Launcher.Call;
import io.chartreuse.cli.pipeline.Launcher.Result;
import io.chartreuse.cli.pipeline.ProcessWatch.Seen;
import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline with a mark in every secret, which then must stand nowhere: not in what was printed or logged, in
 * files, objects, events and the termination message, nor in the arguments of any process, ours or a child. In the
 * environment of processes only those stand that were put there for them. The secrets' own files lie in a folder of their
 * own. Most commands share a process; two have one to themselves, of which one is killed.
 */
class MarkedSecretsIT {

    private static final String REST_VARIABLE = "SHOP_REST_PASSWORD";
    private static final String PROJECT = "../../examples/moving-over/app";
    private static final boolean BOTH = true;

    @TempDir
    private Path directory;

    @TempDir
    private Path safe;

    private Shop shop;
    private String key;
    private ProcessWatch watch;
    private SharedProcess chartreuse;

    @BeforeEach
    void open() throws Exception {
        Prerequisite.installed("alembic", Files.isExecutable(Path.of("/usr/bin/alembic")));
        shop = new Shop(directory, FLYWAY);
        shop.sql("CREATE ROLE books_migrator LOGIN PASSWORD '" + ALEMBIC + "'");
        shop.sql("CREATE DATABASE books OWNER books_migrator");
        Files.writeString(safe.resolve("flyway"), FLYWAY + "\n");
        Files.writeString(safe.resolve("alembic"), ALEMBIC + "\n");
        Path kubeconfig = directory.resolve("kubeconfig");
        String text = Files.readString(kubeconfig).replaceAll("token: \"[^\"]*\"", "token: \"" + TOKEN + "\"");
        Files.writeString(safe.resolve("kubeconfig"), text);
        Files.delete(kubeconfig);
        keys();
        shop.migration("V1__create.sql", "CREATE TABLE purchase (id bigint PRIMARY KEY);");
        configure(BOTH, "");
        Files.writeString(directory.resolve("termination-log"), "");
        watch = new ProcessWatch();
        chartreuse = new SharedProcess(directory, safe.resolve("classes"), environment(), temporary());
    }

    @AfterEach
    void close() throws Exception {
        if (watch != null) {
            watch.close();
        }
        if (chartreuse != null) {
            chartreuse.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    private void keys() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        Files.writeString(
                safe.resolve("ada.key"), "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
        Files.writeString(
                directory.resolve("ada.pub"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    /**
     * @param both whether Alembic's database is there beside Flyway's
     * @param more of the configuration
     */
    private void configure(boolean both, String more) throws IOException {
        String books = """
                    books:
                      url: jdbc:postgresql://127.0.0.1:%d/books
                      user: books_migrator
                      password: {file: "%s/alembic"}
                      migrations: {tool: alembic, directory: "%s", section: main}
                """.formatted(
                        shop.port(), safe, Path.of(PROJECT).toAbsolutePath().normalize());
        Files.writeString(
                directory.resolve("chartreuse.yaml"), """
                version: 1
                release: shop
                approvals: {required: 1, keys: [{file: ada.pub}]}
                postgres:
                  databases:
                    main:
                      url: jdbc:postgresql://127.0.0.1:%1$d/shop?sslmode=disable&ApplicationName=shop
                      user: shop_migrator
                      password: {command: {run: [sh, -c, "[ ! -e '%2$s/slow' ] || sleep 0.2; cat '%2$s/flyway'"]}}
                      role: shop_owner
                      migrations: {tool: flyway, locations: [migrations]}
                %3$skubernetes:
                  kubeconfig: "%2$s/kubeconfig"
                %4$s""".formatted(shop.port(), safe, both ? books : "", more));
    }

    private Map<String, String> environment() {
        return Map.of("CHARTREUSE_TERMINATION_LOG", path("termination-log"));
    }

    private String temporary() throws IOException {
        return "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp"));
    }

    /** Starts a process of its own for each call. */
    private Launcher launcher(Map<String, String> more) throws IOException {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("CHARTREUSE_JAVA_OPTS", temporary());
        environment.putAll(more);
        return new Launcher(directory, environment);
    }

    private Result ends(int exitCode, String... words) throws IOException {
        Result result = chartreuse.run(
                Stream.concat(Stream.of(words), Stream.of("--debug")).toArray(String[]::new));
        assertEquals(exitCode, result.exitCode(), result::output);
        return result;
    }

    @Test
    void noSecretStandsAnywhere() throws Exception {
        Files.createFile(safe.resolve("slow"));
        ends(0, "doctor"); // so that who looks at processes sees them all
        Files.delete(safe.resolve("slow"));
        ends(0, "plan", "--out", path("plan.json"), "--log-format", "json");
        for (String form : List.of("markdown", "sarif", "json", "human")) {
            ends(0, "show", path("plan.json"), "--output", form);
        }
        ends(0, "approve", path("plan.json"), "--key", safe + "/ada.key");
        ends(0, "apply", path("plan.json"), "--log-format", "json");
        assertEquals("2", shop.shop("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        states();
        failing();
        audit();
        refused();
        killed();
        check();
    }

    private String path(String file) {
        return directory.resolve(file).toString();
    }

    /**
     * The recorded state of databases, and plans made from it. The test has changed a table by hand, and Chartreuse
     * reports drift.
     */
    private void states() throws Exception {
        shop.sqlInShop("CREATE TABLE meddled (password text DEFAULT '" + FLYWAY.replace("'", "''") + "')");
        ends(0, "state", "--out", path("state.json"));
        ends(0, "state", "--recorded", "--out", path("recorded.json"), "--output", "json");
        ends(0, "plan", "--recorded", "--out", path("plan-recorded.json"), "--output", "json");
        ends(0, "plan", "--state", path("state.json"), "--out", path("plan-state.json"), "--output", "markdown");
        configure(!BOTH, "");
        ends(2, "status", "--drift", "--output", "prometheus");
        assertTrue(ends(2, "status", "--drift").output().contains("table public.meddled"));
        ends(2, "status", "--drift", "--output", "json", "--out", path("status.json"));
    }

    /** The server's own words hold the password, and so does the script. */
    private void failing() throws Exception {
        String literal = FLYWAY.replace("'", "''");
        shop.migration(
                "V2__fails.sql",
                "DO $x$ BEGIN RAISE EXCEPTION 'cannot set %', '" + literal + "' USING DETAIL = '"
                        + Base64.getEncoder().encodeToString(FLYWAY.getBytes(StandardCharsets.UTF_8)) + "'; END $x$;");
        approved();
        assertTrue(ends(1, "apply", path("plan.json")).output().contains("cannot set (secret)"));
        Path told = directory.resolve("termination-log");
        assertTrue(Files.readString(told).contains("cannot set (secret)"), Files.readString(told));
        Files.copy(told, directory.resolve("termination-log-of-the-failure"));
        ends(0, "repair", "--yes");
        // The script that the test wrote itself is not output of Chartreuse.
        shop.migration("V2__fails.sql", "SELECT 1;");
    }

    private void approved() throws Exception {
        ends(0, "plan", "--out", path("plan.json"));
        ends(0, "approve", path("plan.json"), "--key", safe + "/ada.key");
    }

    private void audit() throws IOException {
        ends(0, "audit", "list");
        ends(0, "audit", "list", "--output", "table");
        ends(0, "audit", "show", "latest");
        ends(0, "audit", "show", "latest", "--output", "json");
        ends(0, "audit", "verify");
        ends(0, "audit", "export");
        ends(0, "audit", "report", "--html", path("report.html"));
        ends(0, "audit", "prune");
    }

    /** A wrong password, and one of a REST API that does not answer. */
    private void refused() throws Exception {
        configure(BOTH, "");
        Files.writeString(safe.resolve("alembic"), MARK + "-wr0ng");
        ends(1, "plan");
        Files.writeString(safe.resolve("alembic"), ALEMBIC);
        configure(BOTH, """
                patroni:
                  clusters:
                    main:
                      endpoints: ["http://127.0.0.1:9"]
                      database: main
                      rest: {user: patroni, password: {env: SHOP_REST_PASSWORD}}
                """);
        Result unreachable = launcher(Map.of(REST_VARIABLE, REST)).run("plan", "--debug", "--log-format", "json");
        assertEquals(1, unreachable.exitCode(), unreachable::output);
        configure(!BOTH, "");
    }

    private void killed() throws Exception {
        shop.migration("V3__slow.sql", "SELECT pg_sleep(60);");
        approved();
        Call run = launcher(Map.of()).start("apply", "plan.json", "--debug");
        run.awaitSaid("migration 2 of 2");
        run.process().destroyForcibly().waitFor();
        ends(0, "status", "--output", "json");
        ends(0, "audit", "show", "latest", "--output", "json");
    }

    private void check() throws IOException {
        List<String> texts = new Traces(directory, shop.cluster(), watch).everything();
        List<String> forms = Marks.forms(key);
        for (String text : texts) {
            forms.forEach(form -> assertFalse(text.contains(form), () -> "\"" + form + "\" shows in:\n" + text));
        }
        for (String place : List.of("termination-log\n", "report.html\n", "status.json\n", "state.json\n")) {
            assertTrue(texts.stream().anyMatch(text -> text.contains(place)), place);
        }
        for (String kind : List.of("plan", "run", "approval", "state")) {
            String label = "chartreuse.io/artifact: \"" + kind + "\"";
            assertTrue(texts.stream().anyMatch(text -> text.contains(label)), "no " + kind + " was looked at");
        }
        environments();
    }

    /** A secret that the user put into the environment stays there for us; a child is given its own, and no other. */
    private void environments() {
        for (Seen one : watch.seen()) {
            for (String entry : one.environment().split("\u0000")) {
                boolean marked = Marks.forms(key).stream().anyMatch(entry::contains);
                assertTrue(
                        !marked || allowed(one).contains(entry),
                        () -> one.arguments().replace('\u0000', ' ') + " was given " + entry);
            }
        }
        String given = "PGPASSWORD=" + ALEMBIC;
        assertTrue(
                watch.seen().stream()
                        .anyMatch(one ->
                                Arrays.asList(one.environment().split("\u0000")).contains(given)),
                "Alembic was not seen at work");
        assertTrue(
                watch.seen().stream().anyMatch(one -> one.arguments().contains("sleep 0.2; cat")),
                "the secret's command was not seen at work");
    }

    /** A child process is a copy of Chartreuse's process for a moment, before it executes its own program. */
    private static List<String> allowed(Seen process) {
        if (process.arguments().contains("io.chartreuse.cli.")
                || process.arguments().contains("/bin/chartreuse")
                || process.arguments().contains("jspawnhelper")) {
            return List.of(REST_VARIABLE + "=" + REST);
        }
        // Alembic starts while the server is asked, and so with a wrong password of its own database, too.
        return process.arguments().contains("alembic")
                ? List.of("PGPASSWORD=" + ALEMBIC, "PGPASSWORD=" + MARK + "-wr0ng")
                : List.of();
    }
}
