package io.chartreuse.provider.postgres.leader;

import io.chartreuse.provider.postgres.leader.LeaderComparison.Verdict;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.spi.provider.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Prevents statements that cannot be rolled back on a server that no longer leads its cluster. Called before each
 * statement outside of a transaction. Asks the cluster at most once a second, and less often while it does not answer.
 * For one attempt and thread.
 */
public final class LeaderCheck {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration FRESH_WITHOUT_ANSWER = Duration.ofSeconds(15);

    private final Leadership leadership;
    private final Progress progress;
    private Optional<Long> askAgain = Optional.empty();
    private boolean doubted;

    public LeaderCheck(Connector connector, Progress progress) {
        this.leadership = new Leadership(connector);
        this.progress = progress;
    }

    /**
     * Compares the server of a session, which must not be in a transaction, with the leader.
     *
     * @throws FormerPrimary where another server leads
     */
    public void require(Connection session) throws SQLException {
        if (!leadership.isKnown()
                || askAgain.filter(time -> System.nanoTime() < time).isPresent()) {
            return;
        }
        LeaderComparison comparison = leadership.compare(Optional.empty(), PrimaryCheck.read(session));
        if (comparison.verdict() == Verdict.OTHER_LEADER) {
            throw new FormerPrimary(comparison);
        }
        boolean same = comparison.verdict() == Verdict.SAME;
        askAgain = Optional.of(System.nanoTime() + (same ? FRESH : FRESH_WITHOUT_ANSWER).toNanos());
        if (!same && !doubted) {
            doubted = true;
            progress.warn("whether the server leads its cluster could not be compared before a statement: "
                    + comparison.there());
        }
    }
}
