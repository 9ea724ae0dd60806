/**
 * Workloads and their autoscalers. {@code Workloads} reads them and {@code WorkloadSelector} decides which to stop; the
 * result is a {@link io.chartreuse.provider.kubernetes.workload.Workload}. {@code WorkloadStates}, which is pure,
 * describes its states; {@code WorkloadStop} and {@code WorkloadStart} change between them. The state of a workload
 * before its stop, and its holders ({@code Holds}), are stored on the object itself, never only in the process.
 */
package io.chartreuse.provider.kubernetes.workload;
