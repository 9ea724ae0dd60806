/**
 * The owners of a database's objects. Belongs here: what migrations created and for whom. Does not belong here: who may
 * connect, and as whom.
 */
package io.chartreuse.provider.postgres.ownership;
