/**
 * A world in memory for the engine's tests, with a provider and a backend that work on it and can be killed at any
 * moment, and the contract that every provider's tests run.
 */
package io.chartreuse.testkit;
