/**
 * The state of a release after its last run: the model, its document, and the recorder. Changes since then belong to
 * {@code drift}; storage belongs to the backends.
 */
package io.chartreuse.core.state;
