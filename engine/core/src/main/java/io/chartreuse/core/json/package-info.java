/**
 * JSON as plans need it: one canonical form, so that a digest means something, and differences as RFC 6902 operations.
 * Pure: no input, no output.
 */
package io.chartreuse.core.json;
