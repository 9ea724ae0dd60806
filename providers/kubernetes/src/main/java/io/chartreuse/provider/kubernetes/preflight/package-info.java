/**
 * What is looked at before anything is touched: rights, asked of the API server one by one, versions and the clock.
 * Decides nothing about workloads; reads only.
 */
package io.chartreuse.provider.kubernetes.preflight;
