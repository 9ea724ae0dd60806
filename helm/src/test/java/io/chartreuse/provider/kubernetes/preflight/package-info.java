/** Gives the tests access to the provider's package-private list of rights. */
package io.chartreuse.provider.kubernetes.preflight;
