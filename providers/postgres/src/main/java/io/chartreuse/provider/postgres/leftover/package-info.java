/**
 * The leftovers of a migration that fails, or dies, outside of a transaction. Belongs here: the progress that is
 * recorded while such a migration runs, the invalid indexes that it leaves and their origin, and the repairs. Does not
 * belong here: any migration tool.
 */
package io.chartreuse.provider.postgres.leftover;
