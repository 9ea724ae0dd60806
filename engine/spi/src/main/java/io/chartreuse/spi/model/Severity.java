package io.chartreuse.spi.model;

/** How grave a diagnostic is. */
public enum Severity {
    /** Nothing goes on with it. */
    ERROR,
    /** A person has to know, and may go on. */
    WARNING
}
