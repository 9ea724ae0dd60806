/**
 * What has moved since the last run without a run: the recorded state and a live reading in, drift out. Pure: no input, no
 * output, no clock.
 */
package io.chartreuse.core.drift;
