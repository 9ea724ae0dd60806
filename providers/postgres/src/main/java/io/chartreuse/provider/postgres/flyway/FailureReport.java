package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.migrate.MigrationFailed;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.ServerShortage;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Migration;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.postgresql.util.ServerErrorMessage;

/** Explains a failed run to a person: where it failed, why, and what it left. */
final class FailureReport {

    private static final String ROLLED_BACK = "It was rolled back";

    private final Connector connector;
    private final RunListener listener;

    FailureReport(Connector connector, RunListener listener) {
        this.connector = connector;
        this.listener = listener;
    }

    /** The first failure of the driver behind that one. */
    static Optional<SQLException> sqlCause(Throwable failure) {
        return causes(failure, SQLException.class);
    }

    ChartreuseException explain(FlywayException failure) {
        Optional<SQLException> cause = sqlCause(failure);
        if (listener.current().isEmpty() && cause.isPresent() && file(failure).isEmpty()) {
            return new DriverFailure(connector).explain(cause.get());
        }
        Diagnostic diagnostic = Diagnostic.error(
                        PostgresProblem.MIGRATION_FAILED,
                        what(failure) + ": "
                                + cause.map(this::said).orElseGet(() -> firstLine(failure)) + " "
                                + consequence(),
                        remedy(failure, cause))
                .about(connector.database().address());
        return new MigrationFailed(place(failure).map(diagnostic::at).orElse(diagnostic), listener.fate(), failure);
    }

    private String what(FlywayException failure) {
        String database = " of database " + connector.database().name();
        String line = line(failure).map(number -> " at line " + number).orElse("");
        Optional<String> migration = listener.current().map(Migration::script);
        Optional<String> file = file(failure);
        if (file.isPresent() && !file.equals(migration)) {
            return "Callback " + file.get() + database + " failed" + line
                    + migration.map(script -> " in migration " + script).orElse("");
        }
        return migration
                .map(script -> "Migration " + script + database + " failed" + line)
                .orElse("Migrating database " + connector.database().name() + " failed "
                        + (listener.hasBegun() ? "after a migration" : "before its first migration"));
    }

    /** The file that failed; empty for Flyway's own statements. */
    private static Optional<String> file(FlywayException failure) {
        return causes(failure, FlywaySqlScriptException.class)
                .map(script -> script.getResource().getRelativePath())
                .filter(path -> path != null && !path.isEmpty());
    }

    private String said(SQLException cause) {
        String state = cause.getSQLState() == null ? "" : " (SQLSTATE " + cause.getSQLState() + ")";
        return DriverFailure.message(cause) + state + "." + new DriverFailure(connector).detail(cause);
    }

    private String consequence() {
        String stands = "the database stands at "
                + listener.reached().map(revision -> "revision " + revision).orElse("no revision") + ".";
        if (listener.current().isEmpty()) {
            return (listener.hasBegun() ? "The migrations before it are applied; " : "No migration had begun; ")
                    + stands;
        }
        return (transactional() ? whole() : parts()) + "; " + stands;
    }

    /** The server's report on the one transaction of the migration. */
    private String whole() {
        return switch (listener.fate()) {
            case ROLLED_BACK ->
                isJava() ? "Its transaction was rolled back; what it did elsewhere remains" : ROLLED_BACK;
            case COMMITTED ->
                "Its transaction was committed all the same, before it failed: what it did until then remains"
                        + (listener.isFailureRecorded() ? ", and the history has a failed entry" : "");
            case IN_PROGRESS -> "The server has not ended its transaction yet";
            case UNKNOWN -> "Whether it was rolled back is not known: the server could not be asked";
        };
    }

    private String parts() {
        return remains() + (listener.isFailureRecorded() ? ", and the history has a failed entry" : "");
    }

    /** A transaction that fails at its end, or that holds more than the failed statement, undoes all its statements. */
    private String remains() {
        int kept = listener.kept();
        int begun = listener.begunStatements();
        if (begun == 0) {
            return listener.openRolledBack()
                    ? "It does not run in one transaction: what it committed before remains, what it had not committed"
                            + " was rolled back"
                    : "It does not run in a transaction: what it did before remains";
        }
        boolean several = begun > kept + 1;
        if (!several && !listener.openRolledBack()) {
            return "It does not run in a transaction: what it did before remains";
        }
        String lost = (several ? "statements " + (kept + 1) + " to " + begun + " were" : "statement " + begun + " was")
                + " rolled back";
        return "It does not run in one transaction: "
                + (kept == 0
                        ? "none of its statements is committed, "
                        : "what it committed in its first " + (kept == 1 ? "statement" : kept + " statements")
                                + " remains, ")
                + lost;
    }

    private boolean isJava() {
        return listener.current()
                .filter(migration -> migration.kind() == Migration.Kind.JAVA)
                .isPresent();
    }

    /** Leaves out callbacks where nothing is pending, because they do not run then. */
    private String next(FlywayException failure) {
        boolean afterAll = listener.current().isEmpty()
                && listener.hasBegun()
                && file(failure).isPresent();
        return afterAll
                ? "Fix the callback and run it by hand (psql -f): the migrations are applied, and callbacks run again only"
                        + " with the next migration."
                : "Fix the migration or what it met, then plan and apply again.";
    }

    private String remedy(FlywayException failure, Optional<SQLException> cause) {
        String hint = cause.flatMap(DriverFailure::hint).map(text -> text + " ").orElse("");
        String undo = listener.isFailureRecorded()
                ? "`chartreuse plan` says what it left, `chartreuse repair` clears it away. "
                : "";
        String shortage = cause.flatMap(ServerShortage::of)
                .map(lack -> lack.remedy() + ". ")
                .orElse("");
        String index = causes(failure, IndexCheck.UnusableIndex.class)
                .map(IndexCheck.UnusableIndex::remedy)
                .orElse("");
        return hint + shortage + index + undo + next(failure);
    }

    private boolean transactional() {
        return listener.current().map(Migration::transactional).orElse(true);
    }

    private static Optional<Location> place(FlywayException failure) {
        return causes(failure, FlywaySqlScriptException.class)
                .map(script -> new Location(
                        script.getResource().getAbsolutePathOnDisk(),
                        line(failure).orElse(0),
                        0,
                        ""));
    }

    /** The statement's first line, or the line in it that the server names. */
    private static Optional<Integer> line(FlywayException failure) {
        return causes(failure, FlywaySqlScriptException.class)
                .filter(script -> script.getLineNumber() > 0)
                .map(script -> script.getLineNumber() + linesBefore(script));
    }

    private static int linesBefore(FlywaySqlScriptException script) {
        int position = sqlCause(script)
                .flatMap(DriverFailure::server)
                .map(ServerErrorMessage::getPosition)
                .orElse(0);
        String statement = script.getStatement();
        return (int) statement
                .substring(0, Math.max(0, Math.min(position - 1, statement.length())))
                .chars()
                .filter(character -> character == '\n')
                .count();
    }

    /**
     * Leaves out Flyway's text about a callback, which it adds to a listener's exception: the user has no such
     * callback.
     */
    private static String firstLine(FlywayException failure) {
        if (failure.getCause() instanceof FlywayException inner
                && failure.getMessage().startsWith("Error while executing ")) {
            return firstLine(inner);
        }
        return failure.getMessage().lines().findFirst().orElse("no message") + ".";
    }

    private static <T> Optional<T> causes(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
