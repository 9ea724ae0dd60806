package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.migrate.MigrationFailed;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Severity;
import io.chartreuse.spi.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The report on a lock that was not available in time. */
record LockReport(DatabaseSettings database, ChartreuseException failure, List<Blocker> blockers) {

    /** The report before another attempt. */
    String again(Attempts attempts, Duration rest) {
        int left = attempts.run().pending().size();
        return attempts.run().pending().get(0).script() + " did not get its lock" + rolledBack() + " (attempt "
                + attempts.count() + "); " + inTheWay() + "; again in " + DurationText.of(rest) + ", "
                + (left == 1 ? "1 migration is left" : left + " migrations are left");
    }

    /** Reports a rollback only where the server has confirmed it. */
    private String rolledBack() {
        return failure instanceof MigrationFailed failed && failed.rolledBack() ? " and was rolled back" : "";
    }

    /** The error after the last attempt. */
    ChartreuseException failure(Attempts attempts) {
        Diagnostic first = failure.diagnostics().get(0);
        String tried = attempts.count() < 2
                ? ""
                : " It was tried " + attempts.count() + " times in " + DurationText.of(attempts.spent()) + ".";
        return new ChartreuseException(
                new Diagnostic(
                        Severity.ERROR,
                        PostgresProblem.LOCK_TIMEOUT,
                        first.summary() + tried + " In the way: " + inTheWay() + ".",
                        remedy(first),
                        first.address(),
                        first.location()),
                failure);
    }

    private String remedy(Diagnostic first) {
        String end = blockers.stream()
                .filter(blocker -> blocker.pid() > 0)
                .map(blocker -> "SELECT pg_terminate_backend(" + blocker.pid() + ");")
                .distinct()
                .collect(Collectors.joining(" "));
        return "Wait until it has ended, or end it" + (end.isEmpty() ? "" : " (" + end + ")") + ". " + first.remedy()
                + " How long to wait: lockTimeout and lockRetryBudget of postgres.databases." + database.name() + ".";
    }

    private String inTheWay() {
        return blockers.isEmpty()
                ? "a session that ended before it could be identified"
                : blockers.stream().map(Blocker::describe).distinct().collect(Collectors.joining("; "));
    }
}
