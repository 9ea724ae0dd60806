package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.flyway.StatementLines.Outline;
import io.chartreuse.provider.postgres.leftover.Continuation;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import io.chartreuse.spi.model.Migration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.postgresql.PGConnection;

/**
 * Runs the statements of SQL files outside of a transaction, records their progress, and goes on where they were left.
 */
final class NonTransactionalScript {

    private static final String ABLE = "SELECT pg_catalog.has_table_privilege(current_user, ?, 'UPDATE')"
            + " AND pg_catalog.current_setting('transaction_read_only') = 'off'"
            + " AND pg_catalog.current_setting('transaction_isolation') = 'read committed'"
            + " AND (? OR pg_catalog.has_table_privilege(session_user, ?, 'UPDATE'))";

    private final FlywayParts parts;
    private final RunListener listener;
    private final ProgressJournal journal;
    private final ScriptSet scripts;
    private final Connection connection;
    private final Optional<Continuation> left;

    /** @param left where an earlier run left one of them */
    NonTransactionalScript(
            FlywayParts parts,
            RunListener listener,
            ProgressJournal journal,
            ScriptSet scripts,
            Connection connection,
            Optional<Continuation> left) {
        this.parts = parts;
        this.listener = listener;
        this.journal = journal;
        this.scripts = scripts;
        this.connection = connection;
        this.left = left;
    }

    /**
     * Runs the rest of the current migration.
     *
     * @param sending called before its first statement is sent to the server
     */
    void run(Script script, Runnable sending) throws SQLException {
        StatementLines lines = new StatementLines(parts, scripts);
        Outline outline = lines.of(script);
        Migration migration = listener.current().orElseThrow();
        Optional<Continuation> from =
                left.filter(continuation -> continuation.script().equals(migration.script()));
        boolean exact = isAble(journal.prepare(), outline.discards()) && outline.notable();
        if (from.isPresent()) {
            sending.run(); // the statements before it are done
            clear(from.get());
            journal.goOn(from.get().done(), outline.lines(), server(), exact);
        } else {
            journal.begin(migration, outline.lines(), server(), exact);
        }
        SqlScript parsed =
                script.isLarge() ? new LargeExecution(parts, scripts).streamed(script) : lines.parsed(script);
        NotedExecution execution = new NotedExecution(parts, connection, journal, exact, from);
        sending.run();
        lines.checked(
                script,
                from.map(Continuation::done).orElse(0),
                listener,
                () -> execution.execute(parsed, parts.configuration()));
    }

    private void clear(Continuation from) throws SQLException {
        listener.say(from.script() + " " + from.text());
        for (String statement : from.clearing()) {
            listener.clear(connection, statement);
        }
    }

    private int server() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** Whether the session can write the note; DISCARD ALL returns it to its original user. */
    private boolean isAble(String table, boolean discards) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ABLE)) {
            query.setString(1, table);
            query.setBoolean(2, !discards);
            query.setString(3, table);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
