/** Renders the chart with Helm's own engine. Of the product, only the reading of configurations runs here. */
package io.chartreuse.chart;
