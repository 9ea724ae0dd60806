package io.chartreuse.cli.command;

/** The group {@code config}; says nothing by itself. */
@picocli.CommandLine.Command(name = "config", description = "Write configurations: convert, from the earlier tool's.")
public final class ConfigCommand {}
