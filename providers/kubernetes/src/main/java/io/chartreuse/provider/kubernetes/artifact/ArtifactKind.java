package io.chartreuse.provider.kubernetes.artifact;

import java.util.Locale;

/** What an artifact is. */
enum ArtifactKind {
    /** A plan: immutable. */
    PLAN,
    /** An approval of a plan: immutable. */
    APPROVAL,
    /** A run: rewritten as it goes on. */
    RUN;

    /** The word in names and labels: {@code plan}, {@code approval}, {@code run}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean immutable() {
        return this != RUN;
    }
}
