/**
 * Flyway, in this process. No type of Flyway's leaves this package.
 *
 * <p>Flyway is given its files by us ({@link io.chartreuse.provider.postgres.flyway.ScriptSet}) instead of looking for
 * them: so what it runs is to the byte what was digested, it never searches the class path
 * for migrations, and what is wrong with the
 * files is known before it connects. It reads neither its own configuration files nor the environment.
 */
package io.chartreuse.provider.postgres.flyway;
