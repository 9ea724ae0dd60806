package io.chartreuse.provider.postgres.leader;

import io.chartreuse.provider.postgres.leader.LeaderComparison.Verdict;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.ClusterLeader;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster behind a database for its leader, and compares. */
public record Leadership(Connector connector) {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /** Whether a cluster is configured behind the database, whatever its URL is. */
    public boolean isKnown() {
        return connector.servers().knows(connector.database().name());
    }

    /**
     * Compares this server with the leader.
     *
     * @param systemIdentifier of this server; empty where the login may not read it, or where it was compared before
     * @param ours             as it was just read
     */
    public LeaderComparison compare(Optional<String> systemIdentifier, PrimaryCheck ours) {
        return isKnown()
                ? LeaderComparison.of(systemIdentifier, ours, leader())
                : new LeaderComparison(Verdict.SAME, ours, Optional.empty());
    }

    /** Whether a server itself confirms that it leads. */
    public boolean isConfirmed() {
        return leader().filter(ClusterLeader::confirmed).isPresent();
    }

    /** The leader. A cluster that cannot be asked counts as one that does not answer; it has findings of its own. */
    public Optional<ClusterLeader> leader() {
        try {
            return connector.servers().leader(connector.database().name());
        } catch (ChartreuseException e) {
            LOG.debug(
                    "the cluster behind database {} cannot be asked",
                    connector.database().name(),
                    e);
            return Optional.empty();
        }
    }
}
