/**
 * A cluster's automatic failover as a resource: its state, on whose behalf it is paused, and how it is paused and
 * resumed. The only part of the provider that changes anything. It does so only where the configuration asks for it or
 * an earlier run of Chartreuse left failover paused.
 */
package io.chartreuse.provider.patroni.failover;
