/**
 * What the command line derives from the engine's values: how long a workload was down, what to do next. Pure; text and
 * JSON show the same.
 */
package io.chartreuse.cli.insight;
