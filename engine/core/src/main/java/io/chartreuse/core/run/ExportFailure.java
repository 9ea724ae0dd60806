package io.chartreuse.core.run;

import java.util.Objects;

/**
 * One time that a run could not be exported to a receiver of {@code audit.sink}.
 *
 * @param sink    the setting that names the receiver: {@code audit.sink.webhook}
 * @param problem why, for people and without secrets
 * @param ended   whether the run had ended by then, so that the receiver lacks its end; else it lacks its beginning or a resumption
 */
public record ExportFailure(String sink, String problem, boolean ended) {

    public ExportFailure {
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(problem, "problem");
    }

    /** {@code to audit.sink.webhook failed when the run ended: the webhook answered 500}. */
    public String words() {
        return "to " + sink + " failed when the run " + (ended ? "ended" : "began or went on") + ": " + problem;
    }
}
