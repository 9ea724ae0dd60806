/**
 * Whether the connected server leads its cluster, according to the cluster itself: a server accepts writes as long as
 * it does not know that another one was promoted.
 *
 * <p>{@link io.chartreuse.provider.postgres.leader.LeaderComparison} decides and has no side effects; {@link
 * io.chartreuse.provider.postgres.leader.Leadership} asks. Does not belong here: how a run reacts.
 */
package io.chartreuse.provider.postgres.leader;
