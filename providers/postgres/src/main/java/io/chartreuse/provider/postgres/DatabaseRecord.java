package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.catalog.Catalog;
import io.chartreuse.provider.postgres.catalog.CatalogReader;
import io.chartreuse.provider.postgres.migrate.OfflineTool;
import io.chartreuse.provider.postgres.migrate.ToolRecord;
import io.chartreuse.provider.postgres.recorded.DatabaseFacts;
import io.chartreuse.provider.postgres.recorded.RecordApplicability;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.ServerReader;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/** Records one database, and assesses it again from the record. */
record DatabaseRecord(Connector connector, OfflineTool tool) {

    /**
     * @param asking held while the tool is asked
     * @throws io.chartreuse.spi.model.ChartreuseException where it cannot be read
     */
    Snapshot take(String by, Lock asking) {
        Server server = new ServerReader(connector).read(by);
        Catalog catalog = new CatalogReader(connector).read(by);
        ToolRecord memory = remember(by, asking);
        SortedMap<String, String> parts = new TreeMap<>(catalog.parts());
        parts.putAll(memory.parts());
        DatabaseFacts notes = DatabaseFacts.of(connector.database(), server, memory.notes());
        return new Snapshot(connector.database().address(), parts, catalog.details(), notes.json());
    }

    private ToolRecord remember(String by, Lock asking) {
        asking.lock();
        try {
            return tool.remember(by);
        } finally {
            asking.unlock();
        }
    }

    /** The result of {@link Database#refresh()} if nothing has changed since. Opens no connection, reads no secret. */
    Resource recall(Optional<Snapshot> recorded) {
        RecordApplicability usability = new RecordApplicability(connector.database());
        if (recorded.isEmpty()) {
            return unknown(usability.unknown());
        }
        try {
            DatabaseFacts notes = DatabaseFacts.of(recorded.get().notes());
            Optional<Diagnostic> problem = usability.problem(notes);
            return problem.filter(Diagnostic::isError).map(this::unknown).orElseGet(() -> judged(notes, problem));
        } catch (IllegalArgumentException e) {
            return unknown(usability.unreadable());
        }
    }

    private Resource judged(DatabaseFacts notes, Optional<Diagnostic> problem) {
        Resource resource = new Assessment(
                        connector.database(), notes.server(), tool.recall(notes.server(), notes.history()))
                .resource();
        return resource.withFindings(
                Stream.concat(resource.findings().stream(), problem.stream()).toList());
    }

    private Resource unknown(Diagnostic problem) {
        DatabaseSettings settings = connector.database();
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return Resource.migrate(settings.address(), nothing, nothing, List.of(), "is not known without a connection")
                .withOrder(settings.run().order())
                .withFindings(List.of(problem));
    }
}
