/**
 * Plans and runs as ConfigMaps, the lock as a Lease. How content is packed ({@code PackedContent}) and how objects are
 * named and labelled ({@code ArtifactNames}, {@code ArtifactConfigMap}) is pure; {@code ConfigMapStore} and {@code
 * LeaseLock} talk to the cluster.
 */
package io.chartreuse.provider.kubernetes.artifact;
