/**
 * Finds what has changed since the last run without a run: the recorded state and the current resources in, drift out.
 * Pure: no input, no output, no clock.
 */
package io.chartreuse.core.drift;
