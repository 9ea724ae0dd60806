package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads leftovers, in a session that cannot write. */
public final class LeftoverReader {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";

    /** Leaves out a partitioned table's index: it is invalid by design until all partitions have theirs. */
    private static final String INVALID = """
            SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, t.relname AS table
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
             WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relpersistence <> 't'
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index b
                                WHERE b.datname = pg_catalog.current_database() AND b.relid = i.indrelid)
             ORDER BY 2, 3
            """;

    private final Connector connector;
    private final ProgressTable table;

    public LeftoverReader(Connector connector) {
        this(connector, ProgressTable.of(connector.database().migrations()));
    }

    /** @param table the progress table, for a tool without Flyway's history */
    public LeftoverReader(Connector connector, ProgressTable table) {
        this.connector = connector;
        this.table = table;
    }

    /** @throws io.chartreuse.spi.model.ChartreuseException where the server refuses */
    public Leftovers read(String application) {
        SessionPurpose session =
                new SessionPurpose(application, connector.database().role(), true).inUsersPath();
        try (Connection connection = connector.source(session).getConnection()) {
            Optional<ProgressNote> note =
                    NotesOwner.areThere(connector, connection, table) ? note(connection) : Optional.empty();
            Optional<BuiltIndex> built = note.isPresent() ? built(connection, note.get()) : Optional.empty();
            return new Leftovers(note, List.of(), invalid(connection), built);
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    private Optional<ProgressNote> note(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(table.read())) {
            return row.next() ? Optional.of(note(row)) : Optional.empty();
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState()) || UNDEFINED_SCHEMA.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ProgressNote note(ResultSet row) throws SQLException {
        return new ProgressNote(
                row.getString("script"),
                row.getString("digest"),
                row.getString("run"),
                row.getInt("statements"),
                row.getInt("done"),
                row.getInt("started_statements"),
                row.getBoolean("is_exact"),
                row.getInt("line"),
                row.getInt("committed_before"),
                build(row),
                oids(row.getArray("invalid_before")),
                row.getString("sqlstate") == null && row.getString("message") != null,
                failure(row),
                row.getBoolean("alive"),
                row.getInt("server"));
    }

    private static Optional<IndexBuild> build(ResultSet row) throws SQLException {
        Optional<String> index = Optional.ofNullable(row.getString("build_index"));
        Optional<String> table = Optional.ofNullable(row.getString("build_table"));
        return Optional.ofNullable(row.getString("build"))
                .map(kind -> new IndexBuild("again".equals(kind), index, table));
    }

    private static Set<Long> oids(Array array) throws SQLException {
        return Set.of((Long[]) array.getArray());
    }

    private static Optional<ProgressNote.Failure> failure(ResultSet row) throws SQLException {
        String message = row.getString("message");
        return Optional.ofNullable(row.getString("sqlstate")).map(state -> new ProgressNote.Failure(state, message));
    }

    /** The index of the name that the statement gives. Without a name it cannot be distinguished from others. */
    private static Optional<BuiltIndex> built(Connection connection, ProgressNote note) throws SQLException {
        Optional<String> name = note.build().filter(build -> !build.again()).flatMap(IndexBuild::index);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<BuiltIndex> found = new IndexReader(connection).named(name.get());
        Optional<String> table = note.build().flatMap(IndexBuild::table);
        return found.stream()
                .filter(index -> table.filter(on -> !on.equals(index.table())).isEmpty())
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static List<InvalidIndex> invalid(Connection connection) throws SQLException {
        List<InvalidIndex> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(INVALID)) {
            while (row.next()) {
                found.add(new InvalidIndex(
                        row.getLong("oid"), row.getString("schema"), row.getString("name"), row.getString("table")));
            }
        }
        return found;
    }
}
