package io.chartreuse.cli.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chartreuse.cli.pipeline.Launcher.Call;
import io.chartreuse.cli.pipeline.Launcher.Result;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline with a mark in every secret, which then must stand nowhere: not in what was printed or logged, in
 * files, objects, events and the termination message, nor in the arguments of any process, ours or a child. The secrets'
 * own files lie in a folder of their own.
 */
class MarkedSecretsIT {

    private static final String MARK = "mArk3d";
    private static final String FLYWAY = MARK + " S\"ecr'et/ä%&";
    private static final String ALEMBIC = MARK + "-al@mb/c:2";
    private static final String TOKEN = MARK + "-t0ken-of-the-kubeconfig";
    private static final String REST = MARK + "-r3st";
    private static final String PROJECT = "../../examples/moving-over/app";

    @TempDir
    private Path directory;

    @TempDir
    private Path safe;

    private Shop shop;
    private String key;
    private final AtomicBoolean watching = new AtomicBoolean(true);
    private final List<String> arguments = new ArrayList<>();
    private Thread watcher;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/alembic")), "skipped: alembic is not installed");
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
        shop.migration("V1__create.sql", "CREATE TABLE purchase (id bigint PRIMARY KEY); SELECT pg_sleep(1);");
        configure("");
        watcher = new Thread(this::watch, "arguments");
        watcher.start();
    }

    @AfterEach
    void close() throws Exception {
        watching.set(false);
        if (watcher != null) {
            watcher.join();
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

    /** @param more of the configuration */
    private void configure(String more) throws IOException {
        Files.writeString(directory.resolve("chartreuse.yaml"), """
                version: 1
                release: shop
                approvals: {required: 1, keys: [{file: ada.pub}]}
                postgres:
                  databases:
                    main:
                      url: jdbc:postgresql://127.0.0.1:%1$d/shop?sslmode=disable&ApplicationName=shop
                      user: shop_migrator
                      password: {command: {run: [cat, "%2$s/flyway"]}}
                      role: shop_owner
                      migrations: {tool: flyway, locations: [migrations]}
                    books:
                      url: jdbc:postgresql://127.0.0.1:%1$d/books
                      user: books_migrator
                      password: {file: "%2$s/alembic"}
                      migrations: {tool: alembic, directory: "%3$s", section: main}
                kubernetes:
                  kubeconfig: "%2$s/kubeconfig"
                %4$s""".formatted(
                        shop.port(), safe, Path.of(PROJECT).toAbsolutePath().normalize(), more));
    }

    /** Looks at the arguments of all that we start, children included, again and again. */
    private void watch() {
        while (watching.get()) {
            ProcessHandle.current().descendants().forEach(process -> {
                try {
                    String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
                    synchronized (arguments) {
                        if (!arguments.contains(line)) {
                            arguments.add(line);
                        }
                    }
                } catch (IOException gone) {
                    // it has ended
                }
            });
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(40);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Launcher launcher(String directoryOfTemporaryFiles) throws IOException {
        Files.writeString(directory.resolve("termination-log"), "");
        Path temporary = Files.createDirectories(directory.resolve(directoryOfTemporaryFiles));
        return new Launcher(
                directory,
                Map.of(
                        "SHOP_REST_PASSWORD",
                        REST,
                        "CHARTREUSE_TERMINATION_LOG",
                        directory.resolve("termination-log").toString(),
                        "CHARTREUSE_JAVA_OPTS",
                        "-Djava.io.tmpdir=" + temporary));
    }

    @Test
    void noSecretStandsAnywhere() throws Exception {
        Launcher chartreuse = launcher("tmp");
        ends(0, chartreuse.run("doctor", "--debug"));
        ends(0, chartreuse.run("plan", "--out", "plan.json", "--debug"));
        ends(0, chartreuse.run("plan", "--output", "markdown", "--log-format", "json", "--debug"));
        ends(0, chartreuse.run("approve", "plan.json", "--key", safe + "/ada.key", "--debug"));
        ends(0, chartreuse.run("apply", "plan.json", "--debug", "--log-format", "json"));
        assertEquals("2", shop.shop("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        failing(chartreuse);
        killed(chartreuse);
        refused(chartreuse);
        for (String[] words : new String[][] {
            {"status", "--output", "json"},
            {"repair", "--yes"},
            {"audit", "show", "latest", "--output", "json"},
            {"audit", "export"},
        }) {
            chartreuse.run(Stream.concat(Stream.of(words), Stream.of("--debug")).toArray(String[]::new));
        }
        check();
    }

    /** The server's own words hold the password, and so does the script. */
    private void failing(Launcher chartreuse) throws Exception {
        String literal = FLYWAY.replace("'", "''");
        shop.migration(
                "V2__fails.sql",
                "DO $x$ BEGIN RAISE EXCEPTION 'cannot set %', '" + literal + "' USING DETAIL = '"
                        + Base64.getEncoder().encodeToString(FLYWAY.getBytes(StandardCharsets.UTF_8)) + "'; END $x$;");
        approved(chartreuse);
        Result failed = chartreuse.run("apply", "plan.json", "--debug");
        ends(1, failed);
        assertTrue(failed.output().contains("cannot set (secret)"), failed::output);
        // What we wrote ourselves for this is no output of anybody.
        shop.migration("V2__fails.sql", "SELECT 1;");
    }

    private void killed(Launcher chartreuse) throws Exception {
        shop.migration("V3__slow.sql", "SELECT pg_sleep(60);");
        approved(chartreuse);
        Call run = chartreuse.start("apply", "plan.json", "--debug");
        run.awaitSaid("migration 2 of 2");
        run.process().destroyForcibly().waitFor();
    }

    private void approved(Launcher chartreuse) throws Exception {
        ends(0, chartreuse.run("plan", "--out", "plan.json", "--debug"));
        ends(0, chartreuse.run("approve", "plan.json", "--key", safe + "/ada.key"));
    }

    /** A wrong password, and one of a REST API that does not answer. */
    private void refused(Launcher chartreuse) throws Exception {
        Files.writeString(safe.resolve("alembic"), MARK + "-wr0ng");
        ends(1, chartreuse.run("plan", "--debug"));
        Files.writeString(safe.resolve("alembic"), ALEMBIC);
        configure("""
                patroni:
                  clusters:
                    main:
                      endpoints: ["http://127.0.0.1:9"]
                      database: main
                      rest: {user: patroni, password: {env: SHOP_REST_PASSWORD}}
                """);
        ends(1, chartreuse.run("plan", "--debug"));
        configure("");
    }

    private void check() throws IOException {
        List<String> forms = forms();
        for (String text : everything()) {
            forms.forEach(form -> assertFalse(text.contains(form), () -> "\"" + form + "\" shows in:\n" + text));
        }
        assertTrue(everything().stream().anyMatch(text -> text.contains("termination-log\n")));
        assertFalse(Files.readString(directory.resolve("termination-log")).isEmpty(), "it was not written");
        assertTrue(arguments.stream().anyMatch(line -> line.contains("alembic")), arguments::toString);
    }

    /** All files but the secrets' own, all objects, all arguments. */
    private List<String> everything() throws IOException {
        List<String> texts = new ArrayList<>();
        synchronized (arguments) {
            arguments.forEach(line -> texts.add("arguments\n" + line));
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(file + "\n" + Files.readString(file, StandardCharsets.ISO_8859_1));
                texts.add(file + "\n" + new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        KubernetesClient client = shop.cluster().client();
        String namespace = shop.cluster().namespace();
        client.configMaps().inNamespace(namespace).list().getItems().forEach(o -> texts.add(Serialization.asYaml(o)));
        client.leases().inNamespace(namespace).list().getItems().forEach(o -> texts.add(Serialization.asYaml(o)));
        client.events()
                .v1()
                .events()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(o -> texts.add(Serialization.asYaml(o)));
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(o -> texts.add(Serialization.asYaml(o)));
        return texts;
    }

    private List<String> forms() {
        List<String> forms = new ArrayList<>(List.of(MARK, key.substring(22)));
        for (String secret : List.of(FLYWAY, ALEMBIC, TOKEN, REST)) {
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            for (String before : List.of("", "x", "xy")) {
                String base64 = Base64.getEncoder().encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
                forms.add(base64.substring(4, base64.length() - 4));
            }
        }
        return forms;
    }

    private static void ends(int exitCode, Result result) {
        assertEquals(exitCode, result.exitCode(), result::output);
    }
}
