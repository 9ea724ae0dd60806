package io.chartreuse.spi.model;

import io.chartreuse.spi.provider.Provider;
import java.util.List;
import java.util.Optional;

/**
 * Knows the addresses of the servers behind a database. An optional capability of a {@link Provider} that manages
 * database clusters; the engine gives it to the other providers through {@link Context#servers()}, so that providers
 * need not see one another.
 */
public interface Servers {

    /** Knows none. */
    Servers NONE = new Servers() {
        @Override
        public boolean knows(String database) {
            return false;
        }

        @Override
        public Optional<List<String>> behind(String database) {
            return Optional.empty();
        }
    };

    /** Whether a cluster is configured behind a database of that name. Makes no request. */
    boolean knows(String database);

    /**
     * All servers of the cluster behind a database, each as {@code host:port}, the leader first where there is one.
     * Asks in bounded time, and returns the last known servers if no server answers. Called from any thread, before
     * each connection: a cluster may have other members by then.
     *
     * @param database the database's name in its provider's section
     * @return empty where no such cluster is configured
     * @throws ChartreuseException if no server has ever answered; its cause is an {@link java.sql.SQLException} of
     *         class 08 if asking again may help
     */
    Optional<List<String>> behind(String database);

    /**
     * Which server leads the cluster behind a database now. Asks at each call, in bounded time, and remembers nothing.
     * Called from any thread, before and after what must not happen on a server that leads no longer.
     *
     * @param database the database's name in its provider's section
     * @return empty where no such cluster is configured, it does not answer, or it has no leader at this moment
     */
    default Optional<ClusterLeader> leader(String database) {
        return Optional.empty();
    }
}
