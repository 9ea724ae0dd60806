/**
 * Decides what is to be done with each resource: resources in, changes out. Pure: no input, no output, no clock.
 */
package io.chartreuse.core.diff;
