/**
 * What a provider implements. {@link io.chartreuse.spi.provider.Provider} is required; each other interface is an
 * optional capability.
 */
package io.chartreuse.spi.provider;
