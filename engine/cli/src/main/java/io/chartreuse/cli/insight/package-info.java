/**
 * What can be read off the engine's values and is not said by them: how long a workload was down, what to do next.
 * Pure; text and JSON show the same.
 */
package io.chartreuse.cli.insight;
