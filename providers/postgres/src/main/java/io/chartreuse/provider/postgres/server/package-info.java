/**
 * How a database is reached and which server answers. Belongs here: connections, what a server says of itself, what its
 * refusals mean. Does not belong here: anything about migrations.
 */
package io.chartreuse.provider.postgres.server;
