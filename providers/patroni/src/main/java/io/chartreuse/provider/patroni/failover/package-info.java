/**
 * A cluster's automatic failover as a resource: what it is, on whose behalf it is paused, and how it is paused and
 * resumed. The only part of the provider that changes anything, and only where the configuration asks for it or a run
 * of ours left it paused.
 */
package io.chartreuse.provider.patroni.failover;
