/**
 * A database as it was written down after a run, so that it can be told later what moved and what a release wants of it
 * although it cannot be reached. Belongs here: what the record holds, and whether it may be used. Does not belong here:
 * the reading of catalogs and histories, and the judging, which is the same as with a connection.
 */
package io.chartreuse.provider.postgres.recorded;
