package io.chartreuse.spi.backend;

import java.util.Objects;

/**
 * An event of a run, for people.
 *
 * @param runId   the run
 * @param reason  what happened, in CamelCase, from a short list that tools may know: {@code RunBegun}, {@code RunHeld}
 * @param message the same in a sentence, without secrets
 * @param problem whether a person has to look into it
 */
public record Announcement(String runId, String reason, String message, boolean problem) {
    public Announcement {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(message, "message");
        if (!reason.matches("[A-Z][A-Za-z]{0,127}")) {
            throw new IllegalArgumentException("a reason is written in CamelCase: \"" + reason + "\"");
        }
    }
}
