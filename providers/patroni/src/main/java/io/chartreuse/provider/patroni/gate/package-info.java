/** The gate: the decision what a cluster lacks to be ready, without side effects, and the wait until it is ready. */
package io.chartreuse.provider.patroni.gate;
