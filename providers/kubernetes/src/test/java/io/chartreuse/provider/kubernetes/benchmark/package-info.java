/**
 * Measures stopping and starting, and compares it with the time that the cluster itself needs. A program, not a test:
 * the times depend on the machine, so their ratio counts. {@code engine/docs/benchmarks.md} says how to run it.
 */
package io.chartreuse.provider.kubernetes.benchmark;
