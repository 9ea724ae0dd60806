/** The product as its user has it: the launcher, a real PostgreSQL, an API server. */
package io.chartreuse.cli.pipeline;
