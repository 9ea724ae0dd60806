package io.chartreuse.spi.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that a person has to know or to fix. A value: collected, sorted, shown all at once.
 *
 * @param summary  what happened, to what, in one sentence without secrets
 * @param remedy   what to do next; may be empty for a warning
 * @param address  the resource it concerns, where there is one
 * @param location the place in a file, where there is one
 */
public record Diagnostic(
        Severity severity,
        ErrorCode code,
        String summary,
        String remedy,
        Optional<Address> address,
        Optional<Location> location) {

    public Diagnostic {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(location, "location");
        if (summary.isBlank()) {
            throw new IllegalArgumentException("a diagnostic needs a summary: " + code.code());
        }
    }

    public static Diagnostic error(ErrorCode code, String summary, String remedy) {
        return new Diagnostic(Severity.ERROR, code, summary, remedy, Optional.empty(), Optional.empty());
    }

    public static Diagnostic warning(ErrorCode code, String summary, String remedy) {
        return new Diagnostic(Severity.WARNING, code, summary, remedy, Optional.empty(), Optional.empty());
    }

    /** The same, about this resource. */
    public Diagnostic about(Address resource) {
        return new Diagnostic(severity, code, summary, remedy, Optional.of(resource), location);
    }

    /** The same, at this place. */
    public Diagnostic at(Location place) {
        return new Diagnostic(severity, code, summary, remedy, address, Optional.of(place));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
