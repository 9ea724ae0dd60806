/** What happened: the run, its entries and its document. Values only; who writes them is in {@code apply}. */
package io.chartreuse.core.run;
