/** A proxy before an API server that fails on demand, like clusters in trouble. */
package io.chartreuse.provider.kubernetes.fault;
