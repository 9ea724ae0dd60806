package io.chartreuse.provider.postgres.catalog;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.ToolSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Reads the contents of the schemas that a database's migrations manage: the schemas that its settings name, or all but
 * the server's own. The role needs no ownership: every role may read the catalogs.
 */
public final class CatalogReader {

    /**
     * Routines and views come last: the server renders a view under a lock that it keeps to the end of the transaction,
     * and a change of the table would wait for it. It renders other definitions under short locks.
     */
    private static final List<CatalogQuery> QUERIES = Stream.of(
                    "schemas",
                    "relations",
                    "columns",
                    "constraints",
                    "indexes",
                    "sequences",
                    "triggers",
                    "types",
                    "grants",
                    "database",
                    "routines",
                    "views")
            .map(CatalogQuery::new)
            .toList();

    private static final CatalogQuery EXTENSIONS = new CatalogQuery("extensions");

    /** The settings that determine how definitions are rendered; with an empty path every name is qualified. */
    private static final String SETTINGS = "SELECT set_config(name, value, true) FROM (VALUES"
            + " ('search_path', ''), ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'),"
            + " ('extra_float_digits', '1'), ('bytea_output', 'hex'), ('lc_monetary', 'C'), ('lc_numeric', 'C'),"
            + " ('xmlbinary', 'base64'), ('quote_all_identifiers', 'off'), ('standard_conforming_strings', 'on'),"
            + " ('lock_timeout', '2s'), ('statement_timeout', '60s')) settings (name, value)";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** An object was dropped while it was read, or a lock of another session on a table was in the way. */
    private static final Set<String> PASSING = Set.of("XX000", LOCK_NOT_AVAILABLE, "40001");

    private static final int ATTEMPTS = 3;

    private final Connector connector;
    private final ToolSettings tool;

    public CatalogReader(Connector connector) {
        this.connector = connector;
        this.tool = connector.database().tool();
    }

    /**
     * Reads the catalogs in one transaction that cannot write.
     *
     * @param application see {@link SessionPurpose#application()}
     * @throws io.chartreuse.spi.model.ChartreuseException where the server cannot be reached or refuses
     */
    public Catalog read(String application) {
        SessionPurpose session =
                new SessionPurpose(application, connector.database().role(), true);
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connector.source(session).getConnection()) {
                return read(connection);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !PASSING.contains(String.valueOf(e.getSQLState()))) {
                    throw explained(e);
                }
            }
        }
    }

    private Catalog read(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (Statement settings = connection.createStatement()) {
            settings.execute(SETTINGS);
        }
        ObjectDigest portrait = new ObjectDigest();
        for (CatalogQuery query : QUERIES) {
            query.ask(connection, tool.schemas(), bookkeeping(), portrait::add);
        }
        SortedMap<String, String> objects = portrait.digests();
        EXTENSIONS.ask(
                connection,
                tool.schemas(),
                bookkeeping(),
                row -> objects.put(row.part(), row.line().orElse("")));
        connection.rollback();
        return new Catalog(objects, portrait.details());
    }

    private ChartreuseException explained(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState())
                ? new ChartreuseException(locked(), failure)
                : new DriverFailure(connector).explain(failure);
    }

    private Diagnostic locked() {
        DatabaseSettings database = connector.database();
        return Diagnostic.error(
                        PostgresProblem.LOCK_TIMEOUT,
                        "The schema of database " + database.name()
                                + " could not be read: another session keeps a table " + "locked (ACCESS EXCLUSIVE).",
                        "Try again when that transaction has ended; pg_stat_activity and pg_locks tell whose it is.")
                .about(database.address());
    }

    /**
     * The tables of the migration tool: the history, and the progress table that exists while a migration runs outside
     * of a transaction.
     */
    private List<String> bookkeeping() {
        return List.of(tool.table(), tool.table() + "_progress");
    }
}
