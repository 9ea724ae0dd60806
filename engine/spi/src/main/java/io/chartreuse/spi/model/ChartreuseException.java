package io.chartreuse.spi.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when an operation cannot continue. Carries one or more errors for people; the type of the first decides the
 * exit code. The cause is for logs at debug level only and may be absent.
 */
public class ChartreuseException extends RuntimeException {

    private final transient List<Diagnostic> diagnostics;

    /** @throws IllegalArgumentException where {@code diagnostics} holds no error */
    public ChartreuseException(List<Diagnostic> diagnostics, Throwable cause) {
        super(diagnostics.stream().map(Diagnostic::summary).collect(Collectors.joining("; ")), cause);
        if (diagnostics.stream().noneMatch(Diagnostic::isError)) {
            throw new IllegalArgumentException("an exception needs an error: " + diagnostics, cause);
        }
        this.diagnostics = List.copyOf(diagnostics);
    }

    public ChartreuseException(List<Diagnostic> diagnostics) {
        this(diagnostics, null);
    }

    public ChartreuseException(Diagnostic diagnostic, Throwable cause) {
        this(List.of(diagnostic), cause);
    }

    public ChartreuseException(Diagnostic diagnostic) {
        this(List.of(diagnostic), null);
    }

    /** The errors (and warnings that came with them), in the order in which they were found. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** The type of the first error. */
    public ErrorType type() {
        return diagnostics.stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow()
                .code()
                .type();
    }
}
