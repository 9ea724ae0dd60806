/**
 * Recovers from a connection that is lost in the middle of a migration: finds the primary, compares its history with
 * what the run had seen, and goes on there or stops with an exact report.
 *
 * <p>{@link io.chartreuse.provider.postgres.resume.ResumeDecision} decides and has no side effects; {@link
 * io.chartreuse.provider.postgres.resume.Resumption} and {@link io.chartreuse.provider.postgres.resume.PrimarySearch}
 * act and make no decisions. Does not belong here: how migrations are run, which is what a {@link
 * io.chartreuse.provider.postgres.resume.Attempt} does; code that adds a lock or a retry belongs inside of an attempt,
 * so that each new connection takes the lock anew.
 */
package io.chartreuse.provider.postgres.resume;
