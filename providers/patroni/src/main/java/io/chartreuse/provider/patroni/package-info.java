/**
 * The PostgreSQL cluster behind a database, as Patroni keeps it: a gate that must open before a release touches
 * anything.
 *
 * <p>Here stand the factory and the provider, which read as the flow: settings, look, decide, wait. What they use stands
 * below: {@code settings} (the configuration section), {@code rest} (what Patroni says), {@code probe} (what PostgreSQL
 * says), {@code gate} (what is missing, and the wait for it), {@code failover} (its pause), {@code problem} (the words for what is wrong).
 *
 * <p>A cluster is changed in one place only, {@code failover}, and only where that is asked for.
 */
package io.chartreuse.provider.patroni;
