package io.chartreuse.cli.command;

/** In which form a command prints its result. */
public enum Output {
    /** Text for people. */
    human,
    /** One JSON document on the standard output. */
    json,
    /** The same in columns, where there is one row a thing; {@code audit list} only. */
    table,
    /** Markdown for a pull request; plans only. */
    markdown,
    /** Findings as a SARIF log: of plans, and of the configuration. */
    sarif,
    /** Metrics in Prometheus' text format; status only. */
    prometheus
}
