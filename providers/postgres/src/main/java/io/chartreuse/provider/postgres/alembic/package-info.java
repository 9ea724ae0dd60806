/**
 * Alembic, the user's own, as a process. It is called in the user's project and asked in its own words; the project is
 * never written to.
 *
 * <p>What is applied is asked of Alembic ({@code current}) and never read from the version table by us: {@code env.py}
 * decides which table that is, in which schema, and a branch that others depend on has no row of its own. The files are
 * asked of Alembic too ({@code history}), because only it knows how scripts are found and loaded; what follows from both
 * is decided here ({@link io.chartreuse.provider.postgres.alembic.RevisionTree}), without a process.
 *
 * <p>The password is in the environment of the process and nowhere else.
 */
package io.chartreuse.provider.postgres.alembic;
