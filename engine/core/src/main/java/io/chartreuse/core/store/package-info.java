/** Artifacts: plans and runs in a backend or in files, and the backend that is a directory. */
package io.chartreuse.core.store;
