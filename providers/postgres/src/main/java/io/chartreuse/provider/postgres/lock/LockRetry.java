package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.migrate.MigrationTool;
import io.chartreuse.provider.postgres.pause.Backoff;
import io.chartreuse.provider.postgres.pause.Sleeper;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.ServerReader;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again when a migration met a lock of another session. Only tries again what was rolled back completely: it
 * reads the history afresh each time, and fails where the migration has left something there, because it runs without a
 * transaction.
 */
public final class LockRetry implements MigrationTool {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final MigrationTool tool;
    private final DatabaseLock lock;
    private final Connector connector;
    private final Clock clock;
    private final Sleeper pause;
    private final Backoff pauses;

    public LockRetry(MigrationTool tool, DatabaseLock lock, Connector connector, Clock clock, Sleeper pause) {
        this.tool = Objects.requireNonNull(tool, "tool");
        this.lock = Objects.requireNonNull(lock, "lock");
        this.connector = Objects.requireNonNull(connector, "connector");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.pauses = new Backoff(
                connector.database().locks().lockTimeout(),
                LONGEST_PAUSE,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Override
    public MigrationStatus read(Server server, String application) {
        return tool.read(server, application);
    }

    @Override
    public void migrate(MigrationRun run) throws InterruptedException {
        Attempts attempts = new Attempts(run, clock);
        while (!attempts.done()) {
            lock.require();
            lock.takeBlockers();
            try {
                tool.migrate(attempts.run());
                return;
            } catch (ChartreuseException e) {
                if (!LockFailure.is(e)) {
                    throw e;
                }
                goOn(attempts, new LockReport(connector.database(), e, lock.takeBlockers()));
            }
        }
    }

    /** Waits; throws where no further attempt is allowed. */
    private void goOn(Attempts attempts, LockReport report) throws InterruptedException {
        MigrationRun run = attempts.run();
        Optional<MigrationRun> left = left(run);
        if (left.isEmpty()) {
            throw report.failure(attempts);
        }
        attempts.failed(left.get());
        Duration budget = connector.database().locks().retryBudget().minus(attempts.spent());
        if (budget.isNegative() || budget.isZero()) {
            throw report.failure(attempts);
        }
        Duration rest = pauses.after(attempts.count());
        rest = rest.compareTo(budget) > 0 ? budget : rest;
        run.progress().report(report.again(attempts, rest));
        pause.rest(rest);
    }

    /** The remaining migrations, read afresh; empty where the failed migration left traces. */
    private Optional<MigrationRun> left(MigrationRun run) {
        MigrationStatus standing = tool.read(new ServerReader(connector).read(run.by()), run.by());
        List<Migration> planned = run.pending();
        List<Migration> pending = standing.pending();
        int done = planned.size() - pending.size();
        boolean clean = standing.problems().stream().noneMatch(Diagnostic::isError)
                && done >= 0
                && planned.subList(done, planned.size()).equals(pending)
                && run.migrations()
                        .containsAll(standing.migrations().stream()
                                .filter(entry -> entry.kind() == Migration.Kind.CALLBACK)
                                .toList());
        return clean
                ? Optional.of(new MigrationRun(
                        run.goal(), standing.revision(), standing.migrations(), run.by(), run.progress()))
                : Optional.empty();
    }
}
