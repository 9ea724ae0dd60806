/** Reads what was stored: which plans there are, which runs, and what they did. Changes nothing. */
package io.chartreuse.core.audit;
