/**
 * Whether PostgreSQL itself is ready for a release: roles and default privileges exist, and writes are accepted. {@code
 * Probe} tries it, {@code Diagnosis} explains failures.
 */
package io.chartreuse.provider.patroni.probe;
