/** Small tools for settings and texts that providers share, so that all of them read and write them in the same way. */
package io.chartreuse.spi.text;
