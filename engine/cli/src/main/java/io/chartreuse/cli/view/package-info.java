/**
 * What people see: plans, progress, reports, problems as text. The only place that writes to standard streams.
 *
 * <p>A view is given values of the engine and a {@link io.chartreuse.cli.view.Printer}; it decides nothing and reads
 * nothing. It knows roles and stages, and no provider: states are shown as the provider wrote them.
 */
package io.chartreuse.cli.view;
