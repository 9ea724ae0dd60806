package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.remains.InvalidIndex;
import java.util.List;
import java.util.Objects;

/**
 * A database as it was found after a failure.
 *
 * @param left the invalid indexes of the migration that failed
 */
record Reached(Current current, List<InvalidIndex> left) {

    Reached {
        Objects.requireNonNull(current, "current");
        left = List.copyOf(left);
    }
}
