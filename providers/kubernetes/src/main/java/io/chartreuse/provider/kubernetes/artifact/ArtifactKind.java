package io.chartreuse.provider.kubernetes.artifact;

import java.util.Locale;

/** The kinds of artifacts. */
enum ArtifactKind {
    /** A plan: immutable. */
    PLAN,
    /** An approval of a plan: immutable. */
    APPROVAL,
    /** A run: rewritten as it goes on. */
    RUN,
    /** How the release stood after its last run: replaced by the next. */
    STATE;

    /** The word in names and labels: {@code plan}, {@code approval}, {@code run}, {@code state}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean immutable() {
        return this == PLAN || this == APPROVAL;
    }
}
