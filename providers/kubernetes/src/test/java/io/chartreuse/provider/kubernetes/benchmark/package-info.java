/**
 * How long stopping and starting takes, beside what the cluster itself needs for it. A program, not a test: its numbers
 * depend on the machine; the quotient of the two is what counts. Run as {@code engine/docs/benchmarks.md} says.
 */
package io.chartreuse.provider.kubernetes.benchmark;
