/**
 * Connections to a database and the server that answers. Belongs here: connections, a server's reports about itself,
 * the meaning of its errors. Does not belong here: anything about migrations.
 */
package io.chartreuse.provider.postgres.server;
