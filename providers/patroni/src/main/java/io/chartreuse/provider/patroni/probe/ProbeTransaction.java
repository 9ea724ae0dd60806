package io.chartreuse.provider.patroni.probe;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.settings.ProbeSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The statements of one probe, on a connection in a transaction that the caller rolls back. For one attempt. */
final class ProbeTransaction {

    private final Connection connection;
    private final ProbeSettings settings;
    private final String table;
    private ProbeStep step = ProbeStep.ASK_FOR_RECOVERY;

    ProbeTransaction(Connection connection, ProbeSettings settings, String table) {
        this.connection = connection;
        this.settings = settings;
        this.table = table;
    }

    /** The current step, or the one that failed. */
    ProbeStep step() {
        return step;
    }

    /**
     * Runs all steps.
     *
     * @return what is missing although no statement failed
     * @throws SQLException where the statement of {@link #step()} failed
     */
    Optional<ReadinessGap> attempt() throws SQLException {
        if (isTrue("SELECT pg_catalog.pg_is_in_recovery()")) {
            return Optional.of(ProbeFailureText.standby());
        }
        // A lock of another session on the catalog must not hold the probe up for ever.
        execute("SET LOCAL statement_timeout = '5s'");
        become(ProbeStep.BECOME_OWNER, settings.owner());
        Optional<String> schema = text("SELECT pg_catalog.current_schema()");
        return schema.isPresent() ? tryIn(schema.get()) : Optional.of(ProbeFailureText.noSchema(settings));
    }

    private Optional<ReadinessGap> tryIn(String schema) throws SQLException {
        // Named with its schema: the others' search_path may lead elsewhere.
        String name = quoted(schema) + "." + quoted(table);
        step = ProbeStep.CREATE;
        execute("CREATE TABLE " + name + " (id integer)");
        become(ProbeStep.BECOME_WRITER, settings.writer());
        if (!mayUse(schema)) {
            return Optional.of(ProbeFailureText.noUsage(schema, settings.writer()));
        }
        step = ProbeStep.INSERT;
        execute("INSERT INTO " + name + " VALUES (1)");
        become(ProbeStep.BECOME_READER, settings.reader());
        if (!mayUse(schema)) {
            return Optional.of(ProbeFailureText.noUsage(schema, settings.reader()));
        }
        step = ProbeStep.SELECT;
        boolean readBack = isTrue("SELECT pg_catalog.count(*) = 1 FROM " + name);
        return readBack ? Optional.empty() : Optional.of(ProbeFailureText.notReadBack(settings));
    }

    private void become(ProbeStep next, String role) throws SQLException {
        step = next;
        execute("SET LOCAL ROLE " + quoted(role));
    }

    private boolean mayUse(String schema) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.has_schema_privilege(?, 'USAGE')")) {
            statement.setString(1, schema);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private boolean isTrue(String sql) throws SQLException {
        return text(sql).filter("t"::equals).isPresent();
    }

    private Optional<String> text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String quoted(String identifier) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteIdentifier(identifier, true);
        }
    }
}
