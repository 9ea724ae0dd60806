package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.alembic.AlembicTool;
import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.assess.PlanCheck;
import io.chartreuse.provider.postgres.flyway.FlywayTool;
import io.chartreuse.provider.postgres.leader.LeaderProblem;
import io.chartreuse.provider.postgres.leader.Leadership;
import io.chartreuse.provider.postgres.lock.DatabaseLock;
import io.chartreuse.provider.postgres.lock.LockRetry;
import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.migrate.OfflineTool;
import io.chartreuse.provider.postgres.migrate.RepairingTool;
import io.chartreuse.provider.postgres.migrate.StartingTool;
import io.chartreuse.provider.postgres.ownership.Owners;
import io.chartreuse.provider.postgres.pause.Backoff;
import io.chartreuse.provider.postgres.pause.Sleeper;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.resume.PrimarySearch;
import io.chartreuse.provider.postgres.resume.PrimaryState;
import io.chartreuse.provider.postgres.resume.ResumeDecision;
import io.chartreuse.provider.postgres.resume.Resumption;
import io.chartreuse.provider.postgres.server.Authentication;
import io.chartreuse.provider.postgres.server.ConnectionLossCheck;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.ServerReader;
import io.chartreuse.provider.postgres.server.ServerWait;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads, assesses and migrates one database. */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int TOLD_OWNERS = 20;

    /** The first pause while the primary is looked for. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Longer than Patroni's lease on the leader (30 s by default), which has to run out before a promotion. */
    private static final Duration A_FAILOVER = Duration.ofSeconds(60);

    /** Load balancers check every few seconds which server leads. */
    private static final Duration TO_FOLLOW = Duration.ofSeconds(10);

    private final DatabaseSettings settings;
    private final Connector connector;
    private final OfflineTool tool;
    private final String release;
    private final Clock clock;
    private final Context context;
    private final Leadership leadership;

    /** Held while the tool is asked, so that a simultaneous caller uses the tool's findings and does not ask again. */
    private final Lock asking = new ReentrantLock();

    Database(DatabaseSettings settings, Context context) {
        this.settings = settings;
        this.release = context.release();
        this.clock = context.clock();
        this.context = context;
        this.connector = new Connector(settings, located(context.secrets()), context.servers());
        this.tool = tool(connector, context);
        this.leadership = new Leadership(connector);
    }

    private static OfflineTool tool(Connector connector, Context context) {
        return connector.database().tool() instanceof AlembicSettings alembic
                ? new AlembicTool(connector, alembic, context)
                : new FlywayTool(connector);
    }

    Address address() {
        return settings.address();
    }

    /** The setting without which the database cannot be found; empty where all are set. Asks no server. */
    Optional<Diagnostic> unmet() {
        return connector.unmet();
    }

    Resource refresh() {
        String by = "chartreuse " + release;
        Assessment assessment = new ServerWait(settings, this::toBePromoted, clock, Sleeper.REAL, pauses())
                .await(() -> alone(by), this::toBecomePrimary);
        Resource resource = assessment.resource();
        if (assessment.server().standby()) {
            return resource.withFindings(named(resource.findings()));
        }
        boolean pending = !assessment.pending().isEmpty();
        if (!pending && !leadership.isKnown()) {
            return resource;
        }
        PrimaryCheck primary = PrimaryCheck.read(connector, by);
        Stream<Diagnostic> findings = Stream.of(
                        pending && primary.readOnly() ? Optional.of(readOnly()) : Optional.<Diagnostic>empty(),
                        ofLeader(assessment.server(), primary))
                .flatMap(Optional::stream);
        return resource.withFindings(
                Stream.concat(resource.findings().stream(), findings).toList());
    }

    /** The error that the cluster names another leader than this server; empty where it does not. */
    private Optional<Diagnostic> ofLeader(Server server, PrimaryCheck primary) {
        return LeaderProblem.of(settings, leadership.compare(server.systemIdentifier(), primary));
    }

    /** Replaces the finding about a standby by one that names the leader, where the cluster is known. */
    private List<Diagnostic> named(List<Diagnostic> findings) {
        return !leadership.isKnown()
                ? findings
                : findings.stream()
                        .map(finding -> finding.code() == PostgresProblem.READ_ONLY
                                ? LeaderProblem.standby(settings, connector.place(), leadership.leader())
                                : finding)
                        .toList();
    }

    /** How long to wait for an unreachable database: its cluster may be about to promote another server. */
    private Duration toBePromoted() {
        return leadership.isKnown() && !leadership.isConfirmed() ? budget(A_FAILOVER) : Duration.ZERO;
    }

    /**
     * How long to wait for a standby to become primary. Where another server leads, a service's address may not follow
     * it yet.
     */
    private Duration toBecomePrimary(Assessment found) {
        if (!found.server().standby() || !leadership.isKnown()) {
            return Duration.ZERO;
        }
        return budget(leadership.isConfirmed() ? TO_FOLLOW : A_FAILOVER);
    }

    private Duration budget(Duration most) {
        Duration budget = settings.run().reconnectBudget();
        return budget.compareTo(most) < 0 ? budget : most;
    }

    /**
     * Checks, before anything is stopped, whether the server is the leader of the cluster that is configured behind it.
     */
    List<Check> compareWithLeader() {
        String by = "chartreuse " + release;
        if (!leadership.isKnown()) {
            return List.of();
        }
        try {
            return List.of(new LeaderExamination(connector).examine(new ServerReader(connector).read(by), by));
        } catch (ChartreuseException e) {
            if (ConnectionLossCheck.mayPass(e)) {
                return List.of(); // the cluster's gate waits for a primary, and the step looks for it
            }
            throw e;
        }
    }

    private Assessment alone(String by) {
        asking.lock();
        try {
            return assess(by);
        } finally {
            asking.unlock();
        }
    }

    /** The recorded state, in detail. May be called while {@link #refresh()} runs. */
    Snapshot snapshot() {
        return new DatabaseRecord(connector, tool).take("chartreuse " + release, asking);
    }

    /** Like {@link #refresh()}, from the record alone. */
    Resource recall(Optional<Snapshot> recorded) {
        return new DatabaseRecord(connector, tool).recall(recorded);
    }

    /** Checks whether the database could be migrated. */
    List<Check> examine() {
        return new DatabaseExamination(connector, clock).examine("chartreuse " + release);
    }

    List<Repair> repairs() {
        return tool instanceof RepairingTool able ? able.repairs("chartreuse " + release) : List.of();
    }

    void repair(Repair repair) {
        if (tool instanceof RepairingTool able) {
            repair(repair, able, "chartreuse " + release + " repair");
        }
    }

    /** Takes the lock first: an object that looks like a leftover may be one that another release's run is building. */
    private void repair(Repair repair, RepairingTool able, String by) {
        try (DatabaseLock lock = DatabaseLock.acquire(connector, by, Progress.NONE, clock, Sleeper.REAL)) {
            lock.require();
            able.repair(repair, by);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before database " + settings.name() + " was repaired", e);
        }
    }

    /** A failure caused by the interruption of this thread is an interruption, not a failure of the database. */
    ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        try {
            return migrate(step, progress);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException)
                        new InterruptedException(settings.address().toString()).initCause(e);
            }
            throw e;
        }
    }

    private ObjectNode migrate(Step step, Progress progress) throws InterruptedException {
        if (step.to() != Phase.AFTER) {
            throw new IllegalArgumentException(settings.address() + " has no state " + step.to());
        }
        String by = "chartreuse " + release + " " + step.runId();
        PrimarySearch search = search(by);
        try (DatabaseLock lock = lock(by, search, progress)) {
            return migrate(step, progress, by, search, lock);
        }
    }

    private ObjectNode migrate(Step step, Progress progress, String by, PrimarySearch search, DatabaseLock lock)
            throws InterruptedException {
        PrimaryState start = search.find(progress);
        Assessment before = start.assessment();
        if (before.observed().equals(step.change().after())) {
            return before.observed();
        }
        refuse(errors(before));
        refuse(new PlanCheck(step.change(), before).moved());
        Optional<Owners> owners = owners(by, search, progress);
        Assessment reached = new Resumption(step.change(), search, progress).carry(start, from -> {
            tellFound(step.change(), from.assessment(), progress);
            attempt(
                    from.assessment(),
                    by,
                    lock,
                    new OnTimeline(progress, from.primary().timeline()));
        });
        if (owners.isPresent()) {
            tell(owners(by, search, progress).orElseThrow().since(owners.get()), progress);
        }
        return reached.observed();
    }

    /**
     * The error that the record calls migrations committed which are pending again in the same version as in the plan.
     */
    Optional<Diagnostic> lost(List<MigrationResult> recorded, Change change, Resource now) {
        Set<String> committed = recorded.stream().map(MigrationResult::script).collect(Collectors.toSet());
        Set<String> planned = Migration.pending(change.migrations()).stream()
                .map(migration -> migration.script() + " " + migration.digest())
                .collect(Collectors.toSet());
        List<Migration> gone = Migration.pending(now.migrations()).stream()
                .filter(migration -> committed.contains(migration.script()))
                .filter(migration -> planned.contains(migration.script() + " " + migration.digest()))
                .toList();
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> timeline = recorded.stream()
                .flatMap(result -> result.timeline().stream().boxed())
                .reduce((first, second) -> second);
        String by = "chartreuse " + release;
        return Optional.of(ResumeDecision.lostWhileDead(timeline, PrimaryCheck.read(connector, by), assess(by), gone));
    }

    /**
     * Reports the plan's migrations that the database already has, from a process that died or from before a lost
     * connection.
     */
    private static void tellFound(Change change, Assessment from, Progress progress) {
        Set<String> pending = from.pending().stream().map(Migration::script).collect(Collectors.toSet());
        change.migrations().stream()
                .filter(migration -> migration.kind().isPending())
                .map(Migration::script)
                .filter(script -> !pending.contains(script))
                .forEach(script -> progress.ended(MigrationResult.found(script)));
    }

    /** Uses new connections for each attempt, and holds the lock, which is taken again where it was lost. */
    private void attempt(Assessment from, String by, DatabaseLock lock, OnTimeline progress)
            throws InterruptedException {
        try {
            new LockRetry(tool, lock, connector, clock, Sleeper.REAL)
                    .migrate(new MigrationRun(
                            from.standing().goal(),
                            from.standing().revision(),
                            from.standing().migrations(),
                            by,
                            progress));
        } catch (ChartreuseException e) {
            throw lost(e, progress.committed(from.pending()));
        }
    }

    /** Where no primary accepts a new session, that is a lost connection, too: no migration is under way then. */
    private ChartreuseException lost(ChartreuseException failure, List<Migration> committed) {
        boolean unreachable =
                failure.diagnostics().stream().allMatch(problem -> problem.code() == PostgresProblem.UNREACHABLE);
        Optional<SQLException> loss = unreachable ? ConnectionLossCheck.of(failure) : Optional.empty();
        return loss.isEmpty() ? failure : new ConnectionLost(settings, loss.get(), committed, Optional.empty());
    }

    /** Waits for a primary that is not available at the moment. */
    private DatabaseLock lock(String by, PrimarySearch search, Progress progress) throws InterruptedException {
        try {
            return DatabaseLock.acquire(connector, by, progress, clock, Sleeper.REAL);
        } catch (ChartreuseException e) {
            if (!ConnectionLossCheck.mayPass(e)) {
                throw e;
            }
            search.find(progress);
            return DatabaseLock.acquire(connector, by, progress, clock, Sleeper.REAL);
        }
    }

    private PrimarySearch search(String by) {
        return new PrimarySearch(
                connector, by, () -> assess(by), clock, Sleeper.REAL, pauses(), address -> described(address, by));
    }

    /**
     * What the server at that address has, for people. The address comes from Patroni, so that server gets the password
     * only in ways that are safe with any server.
     */
    private String described(String address, String by) {
        if (!settings.fromPatroni() && !new Authentication(settings.url()).isSafeAnywhere()) {
            return "what it has was not read, because requireAuth would let it ask for the password";
        }
        Connector there = connector.at(address);
        OfflineTool asked = tool(there, context);
        try {
            return asked.read(new ServerReader(there).read(by), by).described();
        } catch (ChartreuseException e) {
            LOG.debug("database {} could not be read at {}", settings.name(), address, e);
            return "what it has could not be read";
        } finally {
            if (asked instanceof StartingTool started) {
                started.close();
            }
        }
    }

    private static Backoff pauses() {
        return new Backoff(
                FIRST_LOOK, LONGEST_PAUSE, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Reads the owners; after a lost connection on the primary that is found then. */
    private Optional<Owners> owners(String by, PrimarySearch search, Progress progress) throws InterruptedException {
        try {
            return owners(by);
        } catch (ChartreuseException e) {
            if (!ConnectionLossCheck.mayPass(e)) {
                throw e;
            }
            search.find(progress);
            return owners(by);
        }
    }

    /** The owners; empty where no role is configured that should own objects. */
    private Optional<Owners> owners(String by) {
        return settings.role().map(role -> Owners.read(connector, role, by));
    }

    /** Reports all in one message, because of several quick messages only some are shown; the log has all of them. */
    private void tell(List<String> elsewhere, Progress progress) {
        if (elsewhere.isEmpty()) {
            return;
        }
        elsewhere.forEach(object -> LOG.warn("database {}: {}", settings.name(), object));
        String more = elsewhere.size() > TOLD_OWNERS ? " | and " + (elsewhere.size() - TOLD_OWNERS) + " more" : "";
        progress.report("warning: " + elsewhere.stream().limit(TOLD_OWNERS).collect(Collectors.joining(" | ")) + more);
    }

    /** Starts a tool that is a process before it asks the server, so that both run at the same time. */
    private Assessment assess(String application) {
        if (tool instanceof StartingTool starting) {
            starting.start(application);
        }
        boolean read = false;
        try {
            Server server = new ServerReader(connector).read(application);
            MigrationStatus standing = tool.read(server, application);
            read = true;
            return new Assessment(settings, server, standing);
        } finally {
            if (!read) {
                close();
            }
        }
    }

    /** Ends what was kept for the next call. */
    void close() {
        if (tool instanceof StartingTool started) {
            started.close();
        }
    }

    /** The error that a writing session reports. A session that only reads asks for a read-only one itself. */
    private Diagnostic readOnly() {
        return Diagnostic.error(
                        PostgresProblem.READ_ONLY,
                        "Database " + settings.name() + " at " + connector.place()
                                + " is read-only (default_transaction_read_only is on).",
                        "Turn it off (for the server, the database or the login role), or find out who turned it on.")
                .about(settings.address());
    }

    private static List<Diagnostic> errors(Assessment assessment) {
        return assessment.findings().stream().filter(Diagnostic::isError).toList();
    }

    private static void refuse(List<Diagnostic> errors) {
        if (!errors.isEmpty()) {
            throw new ChartreuseException(errors);
        }
    }

    /** Reports a secret that cannot be resolved as a problem of this database. */
    private Secrets located(Secrets secrets) {
        return reference -> {
            try {
                return secrets.resolve(reference);
            } catch (ChartreuseException e) {
                throw new ChartreuseException(
                        e.diagnostics().stream()
                                .map(diagnostic -> diagnostic.about(settings.address()))
                                .toList(),
                        e);
            }
        };
    }
}
