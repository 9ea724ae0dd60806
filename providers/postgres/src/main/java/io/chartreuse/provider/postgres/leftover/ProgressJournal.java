package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.leader.LeaderCheck;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.spi.model.Migration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the progress of a migration that runs outside of a transaction, so that the next run knows it after a failure
 * or a {@code kill -9}. Uses a connection of its own, which is never in a transaction between two calls: no statement
 * that waits for all transactions waits for this one.
 */
public final class ProgressJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressJournal.class);

    private final Connector connector;
    private final ProgressTable table;
    private final String run;
    private Optional<Connection> connection = Optional.empty();
    private Iterator<Integer> lines = List.<Integer>of().iterator();
    private int executed;
    private int started;
    private int kept;
    private boolean inexact;
    private String qualified = "";

    /** @param run release and run, as in the history */
    public ProgressJournal(Connector connector, String run) {
        this(connector, run, ProgressTable.of(connector.database().migrations()));
    }

    /** @param table the progress table, for a tool without Flyway's history */
    public ProgressJournal(Connector connector, String run, ProgressTable table) {
        this.connector = connector;
        this.table = table;
        this.run = run;
    }

    /**
     * Starts a migration whose statements are noted after they are done, like {@link #begin(Migration, List, int,
     * boolean)}.
     */
    public void begin(Migration migration, int server) throws SQLException {
        prepare();
        begin(migration, List.of(), server, false);
    }

    /**
     * Starts a migration, once the table is prepared.
     *
     * @param lines  where each of its statements starts; empty where their number is not known before
     * @param server the server's process that will execute it
     * @param exact  whether its statements are committed together with their notes
     * @throws SQLException where the note cannot be written; then the migration must not start
     */
    public void begin(Migration migration, List<Integer> lines, int server, boolean exact) throws SQLException {
        execute(table.clear());
        start(lines, 0);
        try (PreparedStatement insert = open().prepareStatement(table.begin())) {
            insert.setString(1, migration.script());
            insert.setString(2, migration.digest());
            insert.setString(3, run);
            insert.setInt(4, lines.size());
            insert.setBoolean(5, exact);
            insert.setInt(6, server);
            insert.setInt(7, server);
            insert.executeUpdate();
        }
    }

    /** Continues a migration after that many statements: its note stays, and names this run from now on. */
    public void goOn(int done, List<Integer> lines, int server, boolean exact) throws SQLException {
        start(lines, done);
        try (PreparedStatement update = open().prepareStatement(table.goOn())) {
            update.setString(1, run);
            update.setInt(2, done);
            update.setInt(3, done);
            update.setBoolean(4, exact);
            update.setInt(5, server);
            update.setInt(6, server);
            update.executeUpdate();
        }
    }

    private void start(List<Integer> lines, int done) {
        this.lines = lines.subList(Math.min(done, lines.size()), lines.size()).iterator();
        this.executed = done;
        this.started = done;
        this.kept = done;
        this.inexact = false;
    }

    /** Creates or checks the table of the note. @return the table's name, with its schema */
    public String prepare() throws SQLException {
        NotesOwner.areThere(connector, open(), table); // before another login's table could be altered
        execute(table.create());
        NotesOwner.areThere(connector, open(), table); // checked again, because another login may have been faster
        try (PreparedStatement query = open().prepareStatement(table.qualified())) {
            query.setString(1, table.name());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                qualified = row.getString(1);
            }
        }
        return qualified;
    }

    /**
     * The statement that notes the current one as done. The session that executes the current one runs it in the same
     * transaction.
     */
    public String noted() {
        return ProgressTable.noted(qualified, executed + 1);
    }

    /**
     * Lets the server itself record that the current statement starts. Until then it has not started: where the process
     * dies before, the statement runs again.
     *
     * @return the SQL that the executing session has to run and commit first
     */
    public String begunByServer() throws SQLException {
        execute(table.notBegun());
        return ProgressTable.begun(qualified, started);
    }

    /** Whether that session, which executes statements, may write the note with its current role. */
    public boolean isWritableBy(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT pg_catalog.has_table_privilege(?, 'UPDATE')")) {
            query.setString(1, qualified);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The current statement cannot be committed together with its note: until it is done, the note is not exact. */
    public void inexact() throws SQLException {
        execute(table.inexact());
        inexact = true;
    }

    /** Compares the server of the notes with the leader; see {@link LeaderCheck#require}. */
    public void require(LeaderCheck leader) throws SQLException {
        leader.require(open());
    }

    /** Whether a migration has started and not ended. */
    public boolean isOpen() {
        return connection.isPresent();
    }

    /**
     * Its next statement starts. @throws SQLException where the note cannot be written; then the statement must not
     * start
     */
    public void statement(String sql) throws SQLException {
        statement(sql, lines.hasNext() ? lines.next() : 0);
    }

    /** The same where only the statement itself shows its line. */
    public void statement(String sql, int line) throws SQLException {
        Optional<IndexBuild> build = IndexBuild.of(sql);
        started++;
        try (PreparedStatement update = open().prepareStatement(table.statement())) {
            update.setInt(1, started);
            update.setInt(2, line);
            update.setString(
                    3, build.map(built -> built.again() ? "again" : "new").orElse(null));
            update.setString(4, build.flatMap(IndexBuild::index).orElse(null));
            update.setString(5, build.flatMap(IndexBuild::table).orElse(null));
            update.executeUpdate();
        }
    }

    /**
     * The statement was executed, and with it those since the last one that was done.
     *
     * @param open whether it is in an open transaction: then it is not done yet
     */
    public void done(boolean open) throws SQLException {
        executed++;
        if (!open) {
            kept = executed;
            try (PreparedStatement update = open().prepareStatement(table.done())) {
                update.setInt(1, executed);
                update.setBoolean(2, inexact);
                update.executeUpdate();
            }
            inexact = false;
        }
    }

    /** How many statements were executed and are in no open transaction: their changes remain. */
    public int kept() {
        return kept;
    }

    /** How many statements were started. */
    public int begun() {
        return started;
    }

    /** The statement is done. */
    public void done() throws SQLException {
        done(false);
    }

    /** The statements before that line ran in a transaction, which is about to be committed. */
    public void committed(int line) throws SQLException {
        try (PreparedStatement update = open().prepareStatement(table.committed())) {
            update.setInt(1, line);
            update.executeUpdate();
        }
    }

    /**
     * The statement failed. Where the note cannot be written any more, the process counts as dead, which has the same
     * effect.
     */
    public void failed(String state, String message) {
        try (PreparedStatement update = open().prepareStatement(table.failed())) {
            update.setString(1, state);
            update.setString(2, message);
            update.executeUpdate();
        } catch (SQLException e) {
            LOG.warn("the failure of a statement could not be written down: {}", e.getMessage());
        }
    }

    /** The statement succeeded over an invalid index: the index counts as its leftover, so that a repair drops it. */
    public void leftInvalid(BuiltIndex index, String message) throws SQLException {
        try (PreparedStatement update = open().prepareStatement(table.leftInvalid())) {
            update.setString(1, message);
            update.setString(2, index.name());
            update.setString(3, index.table());
            update.executeUpdate();
        }
    }

    /** The migration has ended well and is in the history. */
    public void end() throws SQLException {
        if (isOpen()) {
            execute(table.drop());
            close();
        }
    }

    /** The database's indexes of that name, read outside of any transaction. */
    public List<BuiltIndex> indexesNamed(String name) throws SQLException {
        return new IndexReader(open()).named(name);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = open().createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection open() throws SQLException {
        if (connection.isEmpty()) {
            SessionPurpose session =
                    new SessionPurpose(run, connector.database().role(), false).inUsersPath();
            connection = Optional.of(connector.source(session).getConnection());
        }
        return connection.get();
    }

    /** Closes its connection; the notes stay. */
    @Override
    public void close() {
        connection.ifPresent(open -> {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("a connection could not be closed", e);
            }
        });
        connection = Optional.empty();
    }
}
