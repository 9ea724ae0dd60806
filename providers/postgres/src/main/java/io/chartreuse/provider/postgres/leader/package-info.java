/**
 * Whether the server that we are connected to is the one that leads the cluster, as the cluster itself says: a server
 * takes writes as long as it does not know that another one was promoted.
 *
 * <p>{@link io.chartreuse.provider.postgres.leader.LeaderComparison} decides and does nothing; {@link
 * io.chartreuse.provider.postgres.leader.Leadership} asks. Does not belong here: what a run does then.
 */
package io.chartreuse.provider.postgres.leader;
