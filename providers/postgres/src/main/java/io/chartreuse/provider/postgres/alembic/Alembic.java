package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.LibpqEnvironment;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's Alembic as one process, which starts at the first request and runs until this object is closed. Returns
 * Alembic's answers without interpreting them.
 */
final class Alembic implements AutoCloseable {

    /** The limit of a request that only reads: a longer one hangs. */
    static final Duration READING = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Alembic.class);
    private static final String URL = "sqlalchemy.url";

    /** How many processes may wait for their next request at once: each takes some 50 MB. */
    private static final Semaphore KEPT = new Semaphore(4);

    private final Project project;
    private final AlembicSettings settings;
    private final Connector connector;
    private final ChildEnvironment environment;
    private final Refusals refusals;
    private final Duration limit;
    private final Masking masking = new Masking();
    private volatile Optional<AlembicProcess> process = Optional.empty();
    private Optional<PrivateConfig> config = Optional.empty();
    private boolean kept;

    Alembic(Project project, Connector connector, ChildEnvironment environment, Refusals refusals, Duration limit) {
        this.project = project;
        this.settings = project.settings();
        this.connector = connector;
        this.environment = environment;
        this.refusals = refusals;
        this.limit = limit;
    }

    /** Computed for each call, because the database's address may change in between. */
    private LibpqEnvironment libpq() {
        return new LibpqEnvironment(connector);
    }

    /** The URL of the database for the project. */
    SqlAlchemyUrl url() {
        return new SqlAlchemyUrl(libpq().place());
    }

    /**
     * The driver in the project's own URL, from the environment variable that {@code env.py} reads, or else from the
     * file.
     */
    Optional<String> driver(IniFile ini) {
        return settings.urlVariable()
                .map(environment.with(Map.of())::get)
                .or(() -> ini.value(settings.sectionName(), URL))
                .or(() -> ini.value(IniFile.DEFAULT, URL))
                .flatMap(SqlAlchemyUrl::driver);
    }

    /** Starts the process without waiting for it, so that it is ready for the first request. */
    void start(SessionPurpose session) {
        start(libpq().of(session));
    }

    /** Reads all revisions, those that the target stands for, and the database's current revisions. */
    Answer look(SessionPurpose session, Optional<String> target) throws InterruptedException {
        return reading(look(target, true), libpq().of(session));
    }

    /** Reads all revisions and those that the target stands for. Opens no connection. */
    Answer look(Optional<String> target) throws InterruptedException {
        return reading(look(target, false), libpq().place());
    }

    private static ObjectNode look(Optional<String> target, boolean database) {
        ObjectNode request = request("look").put("database", database);
        target.ifPresent(name -> request.put("target", name));
        return request;
    }

    /**
     * The SQL of these revisions, as far as it is known without a database.
     *
     * @param from  the database's current revisions
     * @param sql   whether it may be rendered, which runs {@code env.py} in its offline mode
     * @param parts where to put the results, by revision
     */
    Answer render(List<String> from, List<String> pending, boolean sql, ObjectNode parts) throws InterruptedException {
        ObjectNode request = request("render").put("sql", sql);
        (from.isEmpty() ? List.of("base") : from).forEach(request.putArray("from")::add);
        pending.forEach(request.putArray("pending")::add);
        return ask(request, libpq().place(), Optional.of(limit), line -> {}, event -> {
            parts.set(event.path("revision").asText(), event.path("part"));
            return Optional.empty();
        });
    }

    /** Upgrades to that revision with one call of Alembic. */
    Answer upgrade(SessionPurpose session, String target, UpgradeWatch watch) throws InterruptedException {
        return ask(
                request("upgrade").put("target", target), libpq().of(session), Optional.empty(), watch::printed, watch);
    }

    private static ObjectNode request(String what) {
        return JsonNodeFactory.instance.objectNode().put("ask", what);
    }

    private Answer reading(ObjectNode request, Map<String, String> variables) throws InterruptedException {
        return ask(request, variables, Optional.of(limit), line -> {}, Conversation.NONE);
    }

    private synchronized Answer ask(
            ObjectNode request,
            Map<String, String> variables,
            Optional<Duration> time,
            Consumer<String> watch,
            Conversation conversation)
            throws InterruptedException {
        String what = request.get("ask").textValue();
        boolean answered = false;
        try {
            AlembicProcess asked = ready(variables);
            IniFile ini = project.ini();
            config.orElseThrow().copy(leading(ini, url().text(driver(ini))));
            ObjectNode session = request.putObject("environment");
            with(variables).forEach(session::put);
            Answer answer = asked.ask(request, time, watch, conversation);
            answered = asked.isUsable();
            return answer;
        } catch (TimeoutException e) {
            throw refusals.tooSlow(what, limit);
        } catch (IOException e) {
            throw refusals.noTemporaryFiles(e);
        } finally {
            if (!answered) {
                close();
            }
        }
    }

    /** The variables for the session, and the URL in the variable that {@code env.py} reads. */
    private Map<String, String> with(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        settings.urlVariable().ifPresent(name -> all.put(name, url().text(driver(project.ini()))));
        masking.add(all);
        return all;
    }

    /** The process, once it has reported that it is ready. */
    private AlembicProcess ready(Map<String, String> variables) throws TimeoutException, InterruptedException {
        start(variables);
        AlembicProcess started = process.orElseThrow();
        Optional<String> version = started.version(limit);
        if (version.isEmpty()) {
            throw notReached(started);
        }
        AlembicVersion.of(version.get()).filter(AlembicVersion::isTooOld).ifPresent(old -> {
            throw refusals.tooOld(old.toString());
        });
        return started;
    }

    private synchronized void start(Map<String, String> variables) {
        if (process.filter(AlembicProcess::isUsable).isPresent()) {
            return;
        }
        close();
        String mark = "chartreuse-" + UUID.randomUUID() + " ";
        try {
            PrivateConfig files = PrivateConfig.write(settings.sectionName(), mark);
            config = Optional.of(files);
            Call call = call(with(variables), files);
            process = Optional.of(started(call, mark));
        } catch (IOException e) {
            throw refusals.noTemporaryFiles(e);
        }
    }

    private AlembicProcess started(Call call, String mark) {
        try {
            return new AlembicProcess(call, mark.strip(), masking);
        } catch (IOException e) {
            throw refusals.notStarted(call.command().get(0), e);
        }
    }

    private Call call(Map<String, String> variables, PrivateConfig files) {
        Map<String, String> all = environment.with(variables);
        List<String> command = project.command(all);
        command.addAll(List.of("-c", files.file().toString()));
        settings.section().ifPresent(section -> command.addAll(List.of("-n", section)));
        command.addAll(settings.arguments());
        if (settings.patroniPostgresql()) {
            command.addAll(List.of("-x", "patroni_postgresql=yes"));
        }
        command.add("current");
        return new Call(command, settings.directory(), all);
    }

    /** Why Chartreuse's {@code env.py} did not run: the command is not Alembic, or Alembic is too old or broken. */
    private RuntimeException notReached(AlembicProcess ended) throws TimeoutException, InterruptedException {
        List<String> command = new ArrayList<>(project.command(environment.with(Map.of())));
        command.add("--version");
        try {
            Output output = ChildProcess.run(
                    new Call(command, settings.directory(), environment.with(Map.of())), masking, limit);
            Optional<AlembicVersion> version = AlembicVersion.said(output.lines());
            if (version.filter(AlembicVersion::isTooOld).isPresent()) {
                return refusals.tooOld(version.get().toString());
            }
            return refusals.unusable(
                    FailureOutput.of(output.succeeded() ? new Output(1, List.of(), ended.said()) : output));
        } catch (IOException e) {
            return refusals.notStarted(command.get(0), e);
        }
    }

    /** The user's file with the URL of this database, and with {@code %(here)s} as the file's own directory. */
    private IniFile leading(IniFile ini, String url) {
        IniFile leading = ini.with(settings.sectionName(), URL, url);
        return ini.value(IniFile.DEFAULT, "here").isPresent()
                ? leading
                : leading.with(
                        IniFile.DEFAULT, "here", settings.config().getParent().toString());
    }

    /** Keeps the process for the next request, unless too many are kept already. */
    synchronized void keep() {
        kept = kept || KEPT.tryAcquire();
        if (!kept) {
            close();
        }
    }

    /** Ends the process under a call that waits for it, which then fails. */
    void end() {
        process.ifPresent(AlembicProcess::close);
    }

    /** Ends the process, whatever it does. */
    @Override
    public synchronized void close() {
        process.ifPresent(AlembicProcess::close);
        process = Optional.empty();
        try {
            config.ifPresent(PrivateConfig::close);
        } catch (RuntimeException e) {
            LOG.warn("temporary files could not be deleted: {}", e.getMessage());
        }
        config = Optional.empty();
        if (kept) {
            KEPT.release();
            kept = false;
        }
    }
}
