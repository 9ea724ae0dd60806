package io.chartreuse.provider.kubernetes.workload;

/** A rule of the configuration with the kind that the cluster knows it by. */
record ResolvedRule(SelectionRule rule, WorkloadKind kind) {}
