package io.chartreuse.cli.logging;

/** How the log and all else on the standard error is written. */
public enum LogFormat {
    /** Lines for people. */
    human,
    /** One JSON object a line. */
    json
}
