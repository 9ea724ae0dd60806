/**
 * The checks before a run changes anything: rights, each asked of the API server, versions and the clock. Decides
 * nothing about workloads; reads only.
 */
package io.chartreuse.provider.kubernetes.preflight;
