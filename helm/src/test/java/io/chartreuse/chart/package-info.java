/** What Helm's own engine makes of the chart. Nothing of the product runs here but the reading of configurations. */
package io.chartreuse.chart;
