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

    /** @param run release and run, as the history has them too */
    public ProgressJournal(Connector connector, String run) {
        this(connector, run, ProgressTable.of(connector.database().migrations()));
    }

    /** @param table beside the table of a tool that has no history of Flyway's */
    public ProgressJournal(Connector connector, String run, ProgressTable table) {
        this.connector = connector;
        this.table = table;
        this.run = run;
    }

    /** A migration begins whose statements are noted after they are done, as {@link #begin(Migration, List, int, boolean)}. */
    public void begin(Migration migration, int server) throws SQLException {
        prepare();
        begin(migration, List.of(), server, false);
    }

    /**
     * A migration begins, once its place is prepared.
     *
     * @param lines  where each of its statements starts; empty where their number is not known before
     * @param server the server's process that will execute it
     * @param exact  whether its statements are committed together with their notes
     * @throws SQLException where it cannot be written down; then it must not begin
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

    /** The same for one that goes on after so many statements: its note stays and tells from now on of this run. */
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

    /** Sees to it that there is a place for the note. @return the name of that table, with its schema */
    public String prepare() throws SQLException {
        NotesOwner.areThere(connector, open(), table); // else the table of another login would be altered
        execute(table.create());
        NotesOwner.areThere(connector, open(), table); // another login may have been faster
        try (PreparedStatement query = open().prepareStatement(table.qualified())) {
            query.setString(1, table.name());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                qualified = row.getString(1);
            }
        }
        return qualified;
    }

    /** The statement that notes the one under way as done, to be run in one transaction with it by the session that does. */
    public String noted() {
        return ProgressTable.noted(qualified, executed + 1);
    }

    /**
     * The server itself writes down that the statement under way begins. Until it does, the statement has not: where the
     * process dies before, the statement runs again.
     *
     * @return what the session that executes it has to run and commit first
     */
    public String begunByServer() throws SQLException {
        execute(table.notBegun());
        return ProgressTable.begun(qualified, started);
    }

    /** Whether that session, which executes statements, may write the note as the role that it has now. */
    public boolean isWritableBy(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT pg_catalog.has_table_privilege(?, 'UPDATE')")) {
            query.setString(1, qualified);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The statement under way cannot be committed together with its note: until it is done, the note is not exact. */
    public void inexact() throws SQLException {
        execute(table.inexact());
        inexact = true;
    }

    /** Compares the server that the notes are on with the leader; see {@link LeaderCheck#require}. */
    public void require(LeaderCheck leader) throws SQLException {
        leader.require(open());
    }

    /** Whether a migration was begun that has not ended. */
    public boolean isOpen() {
        return connection.isPresent();
    }

    /** Its next statement begins. @throws SQLException where that cannot be written down; then it must not begin */
    public void statement(String sql) throws SQLException {
        statement(sql, lines.hasNext() ? lines.next() : 0);
    }

    /** The same where only the statement itself tells its line. */
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
     * The statement is executed, and with it those since the last one that was done.
     *
     * @param open whether it is in a transaction that has not ended: then it is not done yet
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

    /** How many statements are executed and in no transaction that is open: what they committed remains. */
    public int kept() {
        return kept;
    }

    /** How many statements were begun. */
    public int begun() {
        return started;
    }

    /** The statement is done. */
    public void done() throws SQLException {
        done(false);
    }

    /** What stands before that line was done in a transaction, which is about to be committed. */
    public void committed(int line) throws SQLException {
        try (PreparedStatement update = open().prepareStatement(table.committed())) {
            update.setInt(1, line);
            update.executeUpdate();
        }
    }

    /** The statement failed. What cannot be written any more looks as if the process had died, which is near enough. */
    public void failed(String state, String message) {
        try (PreparedStatement update = open().prepareStatement(table.failed())) {
            update.setString(1, state);
            update.setString(2, message);
            update.executeUpdate();
        } catch (SQLException e) {
            LOG.warn("the failure of a statement could not be written down: {}", e.getMessage());
        }
    }

    /** The statement succeeded over an index that does not work: it counts as left by it, so that a repair drops it. */
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

    /** As the database has them, outside of any transaction. */
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

    /** Lets go of its connection; what is written stays. */
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
