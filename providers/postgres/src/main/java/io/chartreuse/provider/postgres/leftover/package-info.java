/**
 * What a migration leaves that fails, or dies, outside of a transaction. Belongs here: the progress that is written down
 * while such a migration runs, the invalid indexes that it leaves, whose they are, and what is to be done about them. Does
 * not belong here: any migration tool.
 */
package io.chartreuse.provider.postgres.leftover;
