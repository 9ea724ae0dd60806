/** A proxy before an API server that fails on demand: what clusters do to their clients on a bad day. */
package io.chartreuse.provider.kubernetes.fault;
