package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.leftover.InvalidIndex;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The state of a database after a failure.
 *
 * @param left    the invalid indexes of the migration that failed
 * @param applied all revisions that are committed there
 * @param several whether the migrations run several times: then the other runs may have more
 */
record StateAfterFailure(CurrentRevisions current, List<InvalidIndex> left, Set<String> applied, boolean several) {

    StateAfterFailure {
        Objects.requireNonNull(current, "current");
        left = List.copyOf(left);
        applied = Set.copyOf(applied);
    }
}
