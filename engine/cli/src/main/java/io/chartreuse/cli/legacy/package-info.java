/**
 * The earlier tool's settings, and their conversion to a configuration: {@link
 * io.chartreuse.cli.legacy.LegacyEnvironment} and {@code LegacyYaml} read its variables and its YAML into {@link
 * io.chartreuse.cli.legacy.LegacyRelease}, {@link io.chartreuse.cli.legacy.Conversion} makes a configuration of it,
 * {@link io.chartreuse.cli.legacy.CommentedYaml} writes that down. Pure but for the reading of the YAML file.
 *
 * <p>Only this package of the command line knows settings of providers by name, since it writes them. Passwords end up
 * beside the configuration, never in it.
 */
package io.chartreuse.cli.legacy;
