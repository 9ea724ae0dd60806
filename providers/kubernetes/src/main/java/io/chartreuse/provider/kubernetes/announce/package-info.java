/**
 * Kubernetes Events on workloads and on the run's ConfigMap, for people who watch the cluster. A failure to write an
 * Event never fails a run.
 */
package io.chartreuse.provider.kubernetes.announce;
