/**
 * What the schemas of a database hold, object by object, as its catalogs tell it. Belongs here: the queries and the
 * digests made of their answers. Does not belong here: what was recorded before, and what a difference means.
 */
package io.chartreuse.provider.postgres.catalog;
