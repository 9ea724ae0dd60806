package io.chartreuse.spi.model;

/**
 * The kind of a problem. Implemented by an enum in each module; each constant has an entry (problem, remedy) in
 * {@code engine/docs/errors.md} under its {@link #code()}, which a test checks.
 */
public interface ErrorCode {

    /** Stable, searchable: the module, a dot, and words joined by hyphens: {@code postgres.checksum-changed}. */
    String code();

    /** Who caused it; decides the exit code. */
    ErrorType type();
}
