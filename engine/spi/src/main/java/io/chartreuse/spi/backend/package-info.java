/**
 * What a backend implements. {@link io.chartreuse.spi.backend.Backend} is required: stores for artifacts, and the lock
 * of a release. Each other interface is an optional capability.
 */
package io.chartreuse.spi.backend;
