package io.chartreuse.spi.model;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was looked at before it is needed.
 *
 * @param subject what, in a few words: {@code rights on workloads}. Two checks of one subject are the same check
 * @param found   what is there, in a few words and without secrets: {@code 1.36.2}
 * @param problem what is wrong with it and how to fix it; an error refuses a run, a warning does not
 */
public record Check(String subject, String found, Optional<Diagnostic> problem) {

    public Check {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("a check needs a subject; found: " + found);
        }
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(problem, "problem");
    }

    /** A thing that is as it should be. */
    public static Check good(String subject, String found) {
        return new Check(subject, found, Optional.empty());
    }

    /** A thing that is not. */
    public static Check bad(String subject, String found, Diagnostic problem) {
        return new Check(subject, found, Optional.of(problem));
    }

    /** Whether it keeps a run from being begun. */
    public boolean failed() {
        return problem.filter(Diagnostic::isError).isPresent();
    }
}
