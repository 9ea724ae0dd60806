/**
 * Flyway, in this process. No type of Flyway's leaves this package.
 *
 * <p>Chartreuse gives Flyway its files ({@link io.chartreuse.provider.postgres.flyway.ScriptSet}), so that Flyway does
 * not look for them. Thus Flyway runs exactly the bytes that were digested, never searches the class path for
 * migrations, and problems of the files are known before it connects. It reads neither its own configuration files nor
 * the environment.
 */
package io.chartreuse.provider.postgres.flyway;
