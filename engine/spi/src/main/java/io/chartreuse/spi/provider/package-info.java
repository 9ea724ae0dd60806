/**
 * What a provider implements. {@link io.chartreuse.spi.provider.Provider} is all that it must; each other interface is a
 * capability that it may add.
 */
package io.chartreuse.spi.provider;
