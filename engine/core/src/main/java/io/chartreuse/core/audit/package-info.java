/**
 * Reads what was stored: which plans there are, which runs, and what they did; checks that it holds; and takes off the
 * record what is over what retention keeps, which is all that is changed here.
 */
package io.chartreuse.core.audit;
