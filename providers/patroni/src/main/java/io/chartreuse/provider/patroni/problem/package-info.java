/** The errors: error codes, and what a cluster still lacks. Uses nothing else of the provider. */
package io.chartreuse.provider.patroni.problem;
