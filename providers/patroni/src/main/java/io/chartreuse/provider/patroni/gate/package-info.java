/**
 * The gate itself: what a cluster lacks to be ready (decided without side effects from what was seen), and the wait
 * until it lacks nothing.
 */
package io.chartreuse.provider.patroni.gate;
