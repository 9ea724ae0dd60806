/**
 * The PostgreSQL cluster behind a database, as Patroni keeps it: a gate that must open before a release touches
 * anything.
 *
 * <p>This package has the factory and the provider, which show the flow: settings, read, decide, wait. The packages
 * below have the parts: {@code settings} (the configuration section), {@code rest} (Patroni's reports), {@code probe}
 * (PostgreSQL's answers), {@code gate} (what is missing, and the wait for it), {@code failover} (its pause), {@code
 * problem} (the errors).
 *
 * <p>Only {@code failover} changes a cluster, and only where the configuration asks for it.
 */
package io.chartreuse.provider.patroni;
