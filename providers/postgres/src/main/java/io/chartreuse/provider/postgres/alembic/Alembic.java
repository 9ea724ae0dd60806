package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.LibpqEnvironment;
import io.chartreuse.provider.postgres.server.Session;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Alembic's commands, each a process. Says what came out of it; what that means is for others to say. */
final class Alembic {

    /** What only reads and takes longer hangs. */
    static final Duration READING = Duration.ofSeconds(60);

    private static final String URL = "sqlalchemy.url";

    private final Project project;
    private final AlembicSettings settings;
    private final Connector connector;
    private final ChildEnvironment environment;
    private final Refusals refusals;
    private final Duration limit;

    Alembic(Project project, Connector connector, ChildEnvironment environment, Refusals refusals, Duration limit) {
        this.project = project;
        this.settings = project.settings();
        this.connector = connector;
        this.environment = environment;
        this.refusals = refusals;
        this.limit = limit;
    }

    /** Anew for each call: where the database is may change between two of them. */
    private LibpqEnvironment libpq() {
        return new LibpqEnvironment(connector);
    }

    /** The database as it is handed to the project. */
    SqlAlchemyUrl url() {
        return new SqlAlchemyUrl(libpq().place());
    }

    /** The driver that the project's own URL asks for. */
    Optional<String> driver(IniFile ini) {
        return ini.value(settings.sectionName(), URL)
                .or(() -> ini.value(IniFile.DEFAULT, URL))
                .flatMap(SqlAlchemyUrl::driver);
    }

    Output version() throws InterruptedException {
        List<String> command = new ArrayList<>(project.command(environment.with(Map.of())));
        command.add("--version");
        return run(new Call(command, settings.directory(), environment.with(Map.of()), Optional.of(limit), line -> {}));
    }

    /**
     * All revisions, from the scripts alone. A project that asks for {@code env.py} to be run for that
     * ({@code revision_environment}) would be connected, and learns nothing from it that counts here.
     */
    Output history() throws InterruptedException {
        IniFile ini = project.ini().with(settings.sectionName(), "revision_environment", "false");
        return call(ini, libpq().place(), Optional.of(limit), line -> {}, List.of("history", "--verbose"));
    }

    /** The revisions that a name stands for. */
    Output show(String name) throws InterruptedException {
        return reading(libpq().place(), "show", name);
    }

    Output current(Session session) throws InterruptedException {
        return reading(libpq().of(session), "current", "--verbose");
    }

    /** The SQL from one revision to another, without a database. */
    Output sql(String from, String to) throws InterruptedException {
        return reading(libpq().place(), "upgrade", from + ":" + to, "--sql");
    }

    /** @param options start-up options of the session beside its own */
    Output upgrade(Session session, String options, String revision, Consumer<String> watch)
            throws InterruptedException {
        Map<String, String> variables = libpq().of(session);
        variables.merge("PGOPTIONS", options, (own, more) -> (own + " " + more).strip());
        return call(project.ini(), variables, Optional.empty(), watch, List.of("upgrade", revision));
    }

    private Output reading(Map<String, String> variables, String... command) throws InterruptedException {
        return call(project.ini(), variables, Optional.of(limit), line -> {}, List.of(command));
    }

    private Output call(
            IniFile ini,
            Map<String, String> variables,
            Optional<Duration> limit,
            Consumer<String> watch,
            List<String> command)
            throws InterruptedException {
        String url = url().text(driver(ini));
        Map<String, String> all = new TreeMap<>(environment.with(variables));
        settings.urlVariable().ifPresent(name -> all.put(name, url));
        try (PrivateConfig config = PrivateConfig.write(leading(ini, url))) {
            List<String> whole = project.command(all);
            whole.addAll(List.of("-c", config.file().toString()));
            settings.section().ifPresent(section -> whole.addAll(List.of("-n", section)));
            whole.addAll(settings.arguments());
            if (settings.patroniPostgresql()) {
                whole.addAll(List.of("-x", "patroni_postgresql=yes"));
            }
            whole.addAll(command);
            return run(new Call(whole, settings.directory(), all, limit, watch));
        } catch (IOException e) {
            throw refusals.noTemporaryFiles(e);
        }
    }

    /** To our database, and with {@code %(here)s} where the user's file is. */
    private IniFile leading(IniFile ini, String url) {
        IniFile leading = ini.with(settings.sectionName(), URL, url);
        return ini.value(IniFile.DEFAULT, "here").isPresent()
                ? leading
                : leading.with(
                        IniFile.DEFAULT, "here", settings.config().getParent().toString());
    }

    private Output run(Call call) throws InterruptedException {
        try {
            return ChildProcess.run(call);
        } catch (IOException e) {
            throw refusals.notStarted(call.command().get(0), e);
        } catch (TimeoutException e) {
            throw refusals.tooSlow(call, limit);
        }
    }
}
