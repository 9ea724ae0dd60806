/**
 * The contents of a database's schemas, object by object, from its catalogs. Belongs here: the queries and the digests
 * of their results. Does not belong here: recorded states, and the meaning of a difference.
 */
package io.chartreuse.provider.postgres.catalog;
