/**
 * The state of a database as recorded after a run. With it, Chartreuse can report what has changed since, and plan a
 * release although the database cannot be reached. Belongs here: what the record holds, and whether it may be used.
 * Does not belong here: reading catalogs and histories, and the assessment, which is the same as with a connection.
 */
package io.chartreuse.provider.postgres.recorded;
