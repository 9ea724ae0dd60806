/**
 * How a release stood after its last run: the model, its document, and who records it. What has moved since is for
 * {@code drift}; what it costs to keep it is for the backends.
 */
package io.chartreuse.core.state;
