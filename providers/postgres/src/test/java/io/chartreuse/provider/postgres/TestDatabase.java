package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.model.Servers;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A new database with its own login role and an empty directory for migrations. */
final class TestDatabase {

    static final String PASSWORD = "pa55-w0rd's & more";

    /** Not the common pool: with two processors it has one thread, which other tests use, too. */
    static final Executor OWN_THREAD = command -> new Thread(command, "beside the test").start();

    private static final AtomicInteger COUNT = new AtomicInteger();

    final String name;
    final String user;
    final Path directory;
    final ObjectNode settings = JsonNodeFactory.instance.objectNode();
    final List<String> progress = new ArrayList<>();
    Map<String, String> environment = Map.of();
    Servers servers = Servers.NONE;

    TestDatabase() {
        int number = COUNT.incrementAndGet();
        name = "shop" + number;
        user = name + "_user";
        directory = temporaryDirectory();
        in("postgres", "CREATE ROLE " + user + " LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
        in("postgres", "CREATE DATABASE " + name + " OWNER " + user);
        settings.put("url", "jdbc:postgresql://localhost:" + TestServer.port() + "/" + name)
                .put("user", user);
        settings.putObject("password").put("env", "PASSWORD");
        settings.putObject("migrations")
                .put("tool", "flyway")
                .putArray("locations")
                .add(directory.resolve("migrations").toString());
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = TemporaryFolder.create("database");
            Files.createDirectories(directory.resolve("migrations"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectNode migrations() {
        return (ObjectNode) settings.get("migrations");
    }

    TestDatabase script(String file, String sql) {
        try {
            Path path = directory.resolve("migrations").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, sql);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestDatabase remove(String file) {
        try {
            Files.delete(directory.resolve("migrations").resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Migrations wait for a lock without limit: a test that holds it in a {@link Gate} decides how long. With the usual three
     * seconds, a migration on a busy machine is between two attempts at the moment that the test looks for.
     */
    TestDatabase waitingForLocks() {
        settings.put("lockTimeout", "0s");
        return this;
    }

    /** V1 to V{@code count}, each with a table of its own. */
    TestDatabase tables(int count) {
        for (int number = 1; number <= count; number++) {
            script("V" + number + "__table_" + number + ".sql", "CREATE TABLE t" + number + " (id int);");
        }
        return this;
    }

    Provider provider() {
        return provider(Map.of("main", this));
    }

    static Provider provider(Map<String, TestDatabase> databases) {
        return provider(databases, new TestSecrets());
    }

    static Provider provider(Map<String, TestDatabase> databases, Secrets secrets) {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        ObjectNode all = section.putObject("databases");
        databases.forEach((name, database) -> all.set(name, database.settings));
        Path directory = databases.values().iterator().next().directory;
        return new PostgresProviderFactory()
                .create(
                        section,
                        new Context(
                                        "shop",
                                        Optional.empty(),
                                        directory,
                                        secrets,
                                        databases.values().iterator().next().environment,
                                        Clock.systemUTC())
                                .knowing(databases.values().iterator().next().servers));
    }

    Resource refresh() {
        try (Provider provider = provider()) {
            return provider.refresh().get(0);
        }
    }

    /** Plans and applies. */
    ObjectNode apply() {
        try {
            return apply(refresh());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    ObjectNode apply(Resource planned) throws InterruptedException {
        return converge(planned, progress::add);
    }

    ObjectNode converge(Resource planned, Progress progress) throws InterruptedException {
        try (Provider provider = provider()) {
            return provider.converge(step(planned), progress);
        }
    }

    static Step step(Resource planned) {
        Change change = new Change(
                planned.address(),
                planned.role(),
                planned.order(),
                List.of("migrate"),
                planned.reason(),
                planned.observed(),
                Optional.empty(),
                planned.desired(),
                List.of(),
                planned.migrations(),
                planned.identity(),
                planned.fingerprint(),
                planned.findings());
        return new Step("1", change, Phase.AFTER, "run-7");
    }

    TestDatabase execute(String sql) {
        in(name, sql);
        return this;
    }

    /** The first column of the first row, or {@code "none"}. */
    String query(String sql) {
        try (Connection connection = TestServer.connect(name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "none";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the server has ended all closed sessions, which may hold the lock until then. */
    void awaitNoSessions() {
        while (!query("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + user + "'")
                .equals("0")) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    boolean hasTable(String table) {
        return !query("SELECT to_regclass('" + table + "')").equals("null");
    }

    private static void in(String database, String sql) {
        try (Connection connection = TestServer.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
