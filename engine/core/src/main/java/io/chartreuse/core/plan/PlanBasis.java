package io.chartreuse.core.plan;

import io.chartreuse.core.json.SafeText;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a plan was made from, where that was not the world as it stood: a recorded state of the release.
 *
 * @param run        after which the oldest part of the state was recorded; empty where it was read without a run
 * @param recordedAt when that was
 * @param digest     of the state
 */
public record PlanBasis(Kind kind, Optional<String> run, Instant recordedAt, String digest) {

    /** How much was taken from the record. */
    public enum Kind {
        /** What the last run recorded; workloads were read all the same. */
        RECORDED,
        /** A file, for everything. */
        FILE;

        /** The word that plans use. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PlanBasis {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(digest, "digest");
    }

    /** A whole sentence for reviewers. */
    public String described() {
        String recorded = run.map(id -> "recorded after run " + SafeText.plain(id) + " at ")
                        .orElse("read without a run at ")
                + recordedAt;
        return kind == Kind.FILE
                ? "Made from a state file (" + recorded + "), neither from the databases nor from the cluster."
                : "Made from the state " + recorded + ", not from the databases.";
    }
}
