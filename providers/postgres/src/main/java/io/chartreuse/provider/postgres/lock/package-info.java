/**
 * Locks: the one that a run has on its database, and those of others that its migrations meet. Belongs here: who holds
 * what, how long to wait, when to try again. Does not belong here: what a migration is, Flyway.
 */
package io.chartreuse.provider.postgres.lock;
