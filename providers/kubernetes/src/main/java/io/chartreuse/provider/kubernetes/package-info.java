/**
 * The {@code kubernetes} provider, which quiesces and restores the workloads of a release, and the {@code kubernetes}
 * backend, which keeps plans and runs in ConfigMaps and the lock in a Lease. Both talk to one cluster through {@link
 * io.chartreuse.provider.kubernetes.cluster}; no type of the client library leaves this module.
 */
package io.chartreuse.provider.kubernetes;
