/**
 * A run as one page of HTML for auditors: needs nothing beside itself, runs no script. {@code Timeline} and {@code Axis}
 * are the geometry, {@code Html} writes nothing that is not escaped, the rest says what stands where.
 */
package io.chartreuse.cli.report;
