/**
 * Workloads and what scales them: what is there and is to be stopped ({@code Workloads} reads, {@code WorkloadSelector} decides, a
 * {@link io.chartreuse.provider.kubernetes.workload.Workload} is the result), what that means ({@code WorkloadStates},
 * pure), and the two ways between ({@code WorkloadStop}, {@code WorkloadStart}). What a workload was before it was
 * stopped, and who holds it ({@code Holds}), stands on the object itself, never in the process alone.
 */
package io.chartreuse.provider.kubernetes.workload;
