/** Finds providers and backends, and asks all providers at once what is there. */
package io.chartreuse.core.refresh;
