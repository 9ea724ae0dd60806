/**
 * How long planning and migrating take, beside what Flyway itself needs for the same files and the same server. Programs,
 * not tests: their numbers depend on the machine; the quotient of two is what counts. Run as {@code
 * engine/docs/benchmarks.md} says.
 */
package io.chartreuse.provider.postgres.benchmark;
