/**
 * What happens when a connection is lost in mid-migration: the primary is looked for, what it knows is compared with
 * what had been seen, and the run goes on where it stood or stops with the truth.
 *
 * <p>{@link io.chartreuse.provider.postgres.resume.ResumeDecision} decides and does nothing;
 * {@link io.chartreuse.provider.postgres.resume.Resumption} and
 * {@link io.chartreuse.provider.postgres.resume.PrimarySearch} do and decide nothing. Does not belong here: how
 * migrations are run, which is what a {@link io.chartreuse.provider.postgres.resume.Attempt} does; whoever adds a lock or
 * a retry of their own puts it inside of that, so that it is taken anew on each new connection.
 */
package io.chartreuse.provider.postgres.resume;
