/**
 * Runs the user's own Alembic as a process, in the user's project and with Alembic's commands. Never writes to the
 * project.
 *
 * <p>Applied revisions come from Alembic ({@code current}) and not from the version table: {@code env.py} decides the
 * table and its schema, and a branch that others depend on has no row of its own. The files come from Alembic, too
 * ({@code history}), because only Alembic knows how scripts are found and loaded. What follows from both is decided
 * here ({@link io.chartreuse.provider.postgres.alembic.RevisionTree}), without a process.
 *
 * <p>Only the environment of the process holds the password.
 */
package io.chartreuse.provider.postgres.alembic;
