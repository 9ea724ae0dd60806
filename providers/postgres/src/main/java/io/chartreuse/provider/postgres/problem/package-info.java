/** The errors of a database, by code. Uses nothing else of this module. */
package io.chartreuse.provider.postgres.problem;
