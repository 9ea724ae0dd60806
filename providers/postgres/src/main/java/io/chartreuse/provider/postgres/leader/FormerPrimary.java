package io.chartreuse.provider.postgres.leader;

import java.sql.SQLException;

/**
 * The session's server no longer leads its cluster, and does not know that. Counts as a lost connection: the run looks
 * for the primary, and compares its data with what was seen.
 */
public final class FormerPrimary extends SQLException {

    private static final long serialVersionUID = 1;

    /** read_only_sql_transaction, the state that a server reports which knows that it is no longer the primary. */
    private static final String STATE = "25006";

    FormerPrimary(LeaderComparison comparison) {
        super(
                comparison.there() + ", and the server of our session is " + comparison.here()
                        + ": it is the leader no longer",
                STATE);
    }
}
