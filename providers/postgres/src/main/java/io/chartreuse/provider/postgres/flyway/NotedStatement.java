package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlStatement;

/** A statement whose session also records on the server that it is done, where that is possible. */
final class NotedStatement implements SqlStatement {

    private static final String REFUSED_IN_A_TRANSACTION = "25001";
    private static final String LIMIT = "client_connection_check_interval";
    private static final Pattern CALL = Pattern.compile(
            "\\s*CALL\\s+(?:(?:\"[^\"]+\"|[\\w$]+)\\s*\\.\\s*)?(\"[^\"]+\"|[\\w$]+).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BLOCK = Pattern.compile(
            "\\s*DO\\s*(?:LANGUAGE\\s+\"?plpgsql\"?\\s*)?[$'].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern OTHER_LANGUAGE =
            Pattern.compile(".*[$']\\s*LANGUAGE\\s+(?!\"?plpgsql\"?).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A caller in PL/pgSQL needs variables for a procedure's output, and code in C may refuse such a caller. */
    private static final String CALLABLE =
            "SELECT pg_catalog.count(*) > 0 AND pg_catalog.bool_and(l.lanname NOT IN ('c', 'internal')"
                    + " AND NOT coalesce(p.proargmodes OPERATOR(pg_catalog.&&) '{o,b}', false))"
                    + " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang"
                    + " WHERE p.prokind = 'p' AND p.proname = ?::name";

    private final SqlStatement statement;
    private final Noting noting;

    NotedStatement(SqlStatement statement, Noting noting) {
        this.statement = Objects.requireNonNull(statement, "statement");
        this.noting = Objects.requireNonNull(noting, "noting");
    }

    /** The session that executes, and the journal that builds the note's statement. */
    record Noting(Connection session, ProgressJournal journal) {

        boolean isInTransaction() throws SQLException {
            return !session.getAutoCommit() || OpenTransaction.isOpen(session);
        }

        void run(String sql) throws SQLException {
            try (Statement run = session.createStatement()) {
                run.execute(sql);
            }
        }
    }

    @Override
    public Results execute(JdbcTemplate jdbc, SqlScriptExecutor executor, Configuration configuration) {
        StatementKind kind = StatementKind.of(statement.getSql());
        try {
            boolean open = noting.isInTransaction();
            return switch (kind) {
                case COMMITS -> open ? committing(jdbc, executor, configuration) : plain(jdbc, executor, configuration);
                case ATOMIC, SETS, KEEPS ->
                    open ? plain(jdbc, executor, configuration) : inside(jdbc, executor, configuration);
                case CALLS -> open ? plain(jdbc, executor, configuration) : calling(jdbc, executor, configuration);
                default -> plain(jdbc, executor, configuration);
            };
        } catch (SQLException e) {
            throw new FlywaySqlException("the progress of a migration could not be written down", e);
        }
    }

    private Results plain(JdbcTemplate jdbc, SqlScriptExecutor executor, Configuration configuration) {
        return statement.execute(jdbc, executor, configuration);
    }

    private Results committing(JdbcTemplate jdbc, SqlScriptExecutor executor, Configuration configuration)
            throws SQLException {
        noting.run(noting.journal().noted());
        return plain(jdbc, executor, configuration);
    }

    private Results inside(JdbcTemplate jdbc, SqlScriptExecutor executor, Configuration configuration)
            throws SQLException {
        noting.run("BEGIN");
        Results results = plain(jdbc, executor, configuration);
        if (results.getException() == null) {
            commit(results, jdbc);
            return results;
        }
        rollBack(results.getException());
        return REFUSED_IN_A_TRANSACTION.equals(results.getException().getSQLState())
                ? outside(jdbc, executor, configuration)
                : results;
    }

    private void rollBack(SQLException failure) {
        try {
            OpenTransaction.rollBack(noting.session());
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Treats a failure at the commit, by a deferred check, like a failure of the statement itself. */
    private void commit(Results results, JdbcTemplate jdbc) throws SQLException {
        noting.run(noting.journal().noted());
        try {
            noting.run("COMMIT");
        } catch (SQLException e) {
            results.setException(e);
            jdbc.extractErrors(results, e);
        }
    }

    /**
     * Runs a statement that the server has refused in a transaction, which only the server can know. It has done
     * nothing yet.
     */
    private Results outside(JdbcTemplate jdbc, SqlScriptExecutor executor, Configuration configuration)
            throws SQLException {
        noting.journal().inexact();
        return plain(jdbc, executor, configuration);
    }

    /**
     * Turns off the server's check for a lost client: the server must finish the statement even when its client is
     * gone, because a half-done one cannot be continued.
     */
    private Results calling(JdbcTemplate jdbc, SqlScriptExecutor executor, Configuration configuration)
            throws SQLException {
        Optional<String> limit = limit();
        if (limit.isPresent()) {
            noting.run("SET " + LIMIT + " = 0");
        }
        Results results = isCallable() ? jdbc.executeStatement(noted()) : plain(jdbc, executor, configuration);
        if (limit.isPresent() && !OpenTransaction.isOpen(noting.session())) {
            noting.run("SET " + LIMIT + " = '" + limit.get() + "'");
        }
        return results;
    }

    private Optional<String> limit() throws SQLException {
        try (PreparedStatement query =
                noting.session().prepareStatement("SELECT pg_catalog.current_setting(?, true)")) {
            query.setString(1, LIMIT);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getString(1)).filter(value -> !value.isEmpty());
            }
        }
    }

    private boolean isCallable() throws SQLException {
        String sql = withoutComments();
        Matcher call = CALL.matcher(sql);
        if (!call.matches()) {
            return BLOCK.matcher(sql).matches() && !OTHER_LANGUAGE.matcher(sql).matches();
        }
        try (PreparedStatement query = noting.session().prepareStatement(CALLABLE)) {
            query.setString(1, TransactionUse.name(call.group(1)));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private String withoutComments() {
        return statement.getSql().replaceFirst("\\A(?s:\\s|--[^\\n]*+\\n|/\\*.*?\\*/)*+", "");
    }

    /**
     * The call in a block in which the server records its beginning and its end. Where the end cannot be recorded
     * there, it is recorded afterwards. Keeps line numbers.
     */
    private String noted() throws SQLException {
        String tag = "$chartreuse$";
        for (int number = 1; statement.getSql().contains(tag); number++) {
            tag = "$chartreuse" + number + "$";
        }
        String begins = noting.journal().isWritableBy(noting.session())
                ? noting.journal().begunByServer() + "; COMMIT; "
                : "";
        return "DO " + tag + " BEGIN " + begins + statement.getSql() + "\n; BEGIN "
                + noting.journal().noted() + "; EXCEPTION WHEN OTHERS THEN NULL; END; END " + tag;
    }

    @Override
    public int getLineNumber() {
        return statement.getLineNumber();
    }

    @Override
    public String getSql() {
        return statement.getSql();
    }

    @Override
    public String getDelimiter() {
        return statement.getDelimiter();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return statement.canExecuteInTransaction();
    }

    @Override
    public boolean isBatchable() {
        return statement.isBatchable();
    }

    @Override
    public SqlScript getReferencedSqlScript() {
        return statement.getReferencedSqlScript();
    }
}
