package io.chartreuse.cli.command;

/** The group {@code audit}; says nothing by itself. */
@picocli.CommandLine.Command(name = "audit", description = "Show the runs on record: list, show.")
public final class AuditCommand {}
