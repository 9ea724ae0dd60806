/**
 * What a migration tool is to this provider, without its types. Belongs here: the tool's verbs and what it found, as
 * values. Does not belong here: Flyway, connections, decisions.
 */
package io.chartreuse.provider.postgres.migrate;
