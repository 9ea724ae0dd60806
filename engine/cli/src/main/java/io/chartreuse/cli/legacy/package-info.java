/**
 * What the earlier tool was told, and what says the same today. The way: {@link
 * io.chartreuse.cli.legacy.LegacyEnvironment} and {@code LegacyYaml} read its variables and its YAML into {@link
 * io.chartreuse.cli.legacy.LegacyRelease}, {@link io.chartreuse.cli.legacy.Conversion} makes a configuration of it,
 * {@link io.chartreuse.cli.legacy.CommentedYaml} writes that down. Pure but for the reading of the YAML file.
 *
 * <p>The one place of the command line that knows settings of providers by name: they are what it writes. Passwords end
 * up beside the configuration, never in it.
 */
package io.chartreuse.cli.legacy;
