package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.Continuation;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.sqlscript.DefaultSqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;

/**
 * Executes a script outside of a transaction with Flyway's executor. A statement that may run in a transaction is
 * committed together with the note that it is done. A statement that runs committing code ends with that note.
 */
final class NotedExecution extends DefaultSqlScriptExecutor {

    private static final Results NONE = new Results();

    private final NotedStatement.Noting noting;
    private final boolean exact;
    private final int done;
    private final List<Integer> setting;
    private int position;

    /**
     * @param exact whether the session itself may write the note
     * @param left  where it goes on: done statements run again only where they set something for the session
     */
    NotedExecution(
            FlywayParts parts,
            Connection connection,
            ProgressJournal journal,
            boolean exact,
            Optional<Continuation> left) {
        super(
                new JdbcTemplate(connection, parts.database().getDatabaseType()),
                parts.callbacks(),
                false,
                false,
                false,
                null);
        this.exact = exact;
        this.done = left.map(Continuation::done).orElse(0);
        this.setting = left.map(Continuation::setting).orElse(List.of());
        this.noting = new NotedStatement.Noting(connection, journal);
    }

    /** Drops the results, which hold the text of their statement. */
    @Override
    protected Results executeStatement(
            JdbcTemplate jdbc, SqlScript script, SqlStatement statement, Configuration configuration) {
        position++;
        boolean runs = position > done;
        if (!runs && !setting.contains(position)) {
            return NONE;
        }
        Optional<AdvisoryLocks> held = held(statement.getSql());
        if (runs) {
            SqlStatement executed = exact ? new NotedStatement(statement, noting) : statement;
            super.executeStatement(jdbc, script, executed, configuration);
        } else {
            set(jdbc, script, statement, configuration);
        }
        held.ifPresent(this::takeAgain);
        return NONE;
    }

    /** The locks that a discarding statement releases. */
    private Optional<AdvisoryLocks> held(String sql) {
        if (StatementKind.of(sql) != StatementKind.DISCARDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(AdvisoryLocks.heldBy(noting.session()));
        } catch (SQLException e) {
            throw new FlywaySqlException("the locks of the session could not be read", e);
        }
    }

    private void takeAgain(AdvisoryLocks locks) {
        try {
            locks.takeAgain(noting.session());
        } catch (SQLException e) {
            throw new FlywaySqlException("the locks of the session could not be taken again", e);
        }
    }

    /** Runs it outside of a transaction that a later statement could roll back. */
    private void set(JdbcTemplate jdbc, SqlScript script, SqlStatement statement, Configuration configuration) {
        Results set = statement.execute(jdbc, this, configuration);
        if (set.getException() != null) {
            handleException(set, script, statement, configuration);
        }
        try {
            OpenTransaction.commit(jdbc.getConnection());
        } catch (SQLException e) {
            throw new FlywaySqlException("what earlier statements had set could not be set again", e);
        }
    }
}
