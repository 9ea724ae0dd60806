/**
 * The provider of the configuration's section {@code postgres}: databases and their migrations.
 *
 * <p>Here: the factory, the provider's two verbs and how they are spread over the databases. What is decided about a
 * database stands in {@link io.chartreuse.provider.postgres.assess}, how it is reached in
 * {@link io.chartreuse.provider.postgres.server}, and what runs its migrations behind
 * {@link io.chartreuse.provider.postgres.migrate.MigrationTool}.
 */
package io.chartreuse.provider.postgres;
