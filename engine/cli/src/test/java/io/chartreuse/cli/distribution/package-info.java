/** Tests of what users unpack or pull: the launcher, its class cache, the image's recipe. */
package io.chartreuse.cli.distribution;
