/**
 * Measures planning and migrating, and compares it with Flyway itself on the same files and server. Programs, not
 * tests: the times depend on the machine, so their ratio counts. {@code engine/docs/benchmarks.md} says how to run
 * them.
 */
package io.chartreuse.provider.postgres.benchmark;
