package io.chartreuse.provider.postgres.leftover;

import java.util.List;
import java.util.Objects;

/**
 * A migration that the history calls failed.
 *
 * @param rank   of its row
 * @param label  for people: {@code migration 7 (index on orders)}
 * @param script its file, relative to its location
 * @param builds the indexes that its statements build, where the file is available
 */
public record FailedEntry(int rank, String label, String script, List<IndexBuild> builds) {
    public FailedEntry {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(script, "script");
        builds = List.copyOf(builds);
    }

    /** Whether one of its statements may have left that index. */
    boolean mayHaveLeft(InvalidIndex index) {
        return builds.stream().anyMatch(build -> build.leaves(index));
    }
}
