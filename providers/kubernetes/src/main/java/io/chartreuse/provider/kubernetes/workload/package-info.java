/**
 * Deployments and their autoscalers: what is there ({@code Workloads} reads a {@link
 * io.chartreuse.provider.kubernetes.workload.Workload}), what that means ({@code WorkloadStates}, pure), and the two
 * ways between ({@code WorkloadStop}, {@code WorkloadStart}). What a workload was before it was stopped stands on the
 * object itself, never in the process alone.
 */
package io.chartreuse.provider.kubernetes.workload;
