/**
 * What a backend implements. {@link io.chartreuse.spi.backend.Backend} is all that it must: stores for artifacts, and the
 * lock of a release. Each other interface is a capability that it may add.
 */
package io.chartreuse.spi.backend;
