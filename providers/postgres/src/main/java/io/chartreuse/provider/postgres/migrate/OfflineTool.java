package io.chartreuse.provider.postgres.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.spi.model.ChartreuseException;

/** A {@link MigrationTool} that can also assess a database from a record. */
public interface OfflineTool extends MigrationTool {

    /**
     * The part of the history to record. Writes nothing.
     *
     * @param application the application name of the connection
     * @throws ChartreuseException where the history cannot be read
     */
    ToolRecord remember(String application);

    /**
     * Compares the history that is remembered with the migrations at hand: {@link #read} without a connection or a
     * secret. Leaves out what only the server knows: what an interrupted migration has left beside its entry in the
     * history.
     *
     * @param server as it was
     * @param notes  of {@link ToolRecord}
     * @throws IllegalArgumentException where the notes are not from this tool
     */
    MigrationStatus recall(Server server, ObjectNode notes);
}
