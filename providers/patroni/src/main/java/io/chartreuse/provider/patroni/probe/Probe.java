package io.chartreuse.provider.patroni.probe;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.settings.ProbeSettings;
import io.chartreuse.spi.model.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries what a release will do, in one transaction that is always rolled back: the owner creates a table, the writer
 * inserts a row, the reader reads it. Leaves nothing behind. Each attempt uses its own connection and takes about 10 s
 * at most, even where the server hangs.
 */
public final class Probe {

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private final ProbeSettings settings;
    private final Secrets secrets;
    private final String applicationName;
    // A unique name: two probes at the same time must not wait for each other's table.
    private final String table =
            "chartreuse_probe_" + UUID.randomUUID().toString().replace("-", "");

    /** @param applicationName how the server's administrators see the connection */
    public Probe(ProbeSettings settings, Secrets secrets, String applicationName) {
        this.settings = settings;
        this.secrets = secrets;
        this.applicationName = applicationName;
    }

    /**
     * Tries once.
     *
     * @param members the cluster's, as {@code host:port}, for a URL without a host
     * @return the first thing that is missing; empty where nothing is missing
     * @throws io.chartreuse.spi.model.ChartreuseException where the password's reference cannot be resolved
     */
    public Optional<ReadinessGap> attempt(List<String> members) {
        String url = settings.url(members);
        Properties properties = properties(url);
        Diagnosis diagnosis = new Diagnosis(settings, table);
        try (Connection connection = new Driver().connect(url, properties)) {
            return transaction(connection, diagnosis);
        } catch (SQLException e) {
            LOG.debug("probe of {} could not connect", settings.owner(), e);
            return Optional.of(diagnosis.of(ProbeStep.CONNECT, e));
        }
    }

    private Optional<ReadinessGap> transaction(Connection connection, Diagnosis diagnosis) throws SQLException {
        connection.setAutoCommit(false);
        ProbeTransaction transaction = new ProbeTransaction(connection, settings, table);
        try {
            return transaction.attempt();
        } catch (SQLException e) {
            LOG.debug("probe failed at {}", transaction.step(), e);
            return Optional.of(diagnosis.of(transaction.step(), e));
        } finally {
            rollBack(connection);
        }
    }

    /** Ignores a failure: then the connection is broken, and the server rolls back. */
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("probe was rolled back by losing its connection", e);
        }
    }

    /** Defaults only: the URL takes precedence. */
    private Properties properties(String url) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        settings.password()
                .ifPresent(reference -> properties.setProperty(
                        "password", secrets.resolve(reference).reveal()));
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "10");
        if (url.contains(",")) {
            properties.setProperty("targetServerType", "primary");
        }
        return properties;
    }
}
