/**
 * One run at a time: acquires a release's lease, renews it, takes over what a dead process left, gives it back. The
 * algorithm is here, once; a backend only swaps values.
 */
package io.chartreuse.core.lock;
