/** The way to what the provider says of rights, which it says to nobody else. */
package io.chartreuse.provider.kubernetes.preflight;
