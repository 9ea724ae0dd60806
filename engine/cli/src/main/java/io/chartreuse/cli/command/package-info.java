/**
 * The commands: each reads its options, opens a session, calls one verb of it, and hands the result to a view. No
 * command writes to a stream itself, and none knows a provider.
 */
package io.chartreuse.cli.command;
