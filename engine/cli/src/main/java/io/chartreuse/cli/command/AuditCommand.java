package io.chartreuse.cli.command;

/** The group {@code audit}; says nothing by itself. */
@picocli.CommandLine.Command(
        name = "audit",
        description = "The runs on record: list, show, verify, export, report, prune.")
public final class AuditCommand {}
