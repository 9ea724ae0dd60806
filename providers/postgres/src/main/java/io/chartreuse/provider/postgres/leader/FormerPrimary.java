package io.chartreuse.provider.postgres.leader;

import java.sql.SQLException;

/**
 * The server of a session leads its cluster no longer, and does not know. Counts as a lost connection: the primary is looked
 * for, and what it has is compared with what was seen.
 */
public final class FormerPrimary extends SQLException {

    private static final long serialVersionUID = 1;

    /** read_only_sql_transaction, as a server says that knows. */
    private static final String STATE = "25006";

    FormerPrimary(LeaderComparison comparison) {
        super(
                comparison.there() + ", and the server of our session is " + comparison.here()
                        + ": it is the leader no longer",
                STATE);
    }
}
