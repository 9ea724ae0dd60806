/** What people who watch the cluster are told: Events on workloads and on the run's ConfigMap. Never fails anything. */
package io.chartreuse.provider.kubernetes.announce;
