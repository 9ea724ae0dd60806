package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.leftover.InvalidIndex;
import io.chartreuse.provider.postgres.leftover.LeftoverReader;
import io.chartreuse.provider.postgres.leftover.Leftovers;
import io.chartreuse.provider.postgres.leftover.ProgressNote;
import io.chartreuse.provider.postgres.leftover.ProgressTable;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what unfinished revisions left in a database, and compares it with the applied revisions. */
final class AlembicLeftovers {

    /** duplicate_table, which the server also reports for an index. */
    private static final String DUPLICATE = "42P07";

    private final Connector connector;
    private final AlembicSettings settings;
    private final Project project;

    AlembicLeftovers(Connector connector, Project project) {
        this.connector = connector;
        this.settings = project.settings();
        this.project = project;
    }

    /** The progress table beside the version table that {@code env.py} uses, or else beside the configured one. */
    ProgressTable table(Optional<AlembicState> look) {
        return look.flatMap(AlembicState::table)
                .map(VersionTable::progress)
                .orElseGet(() -> ProgressTable.beside(Optional.empty(), settings.table()));
    }

    /** @param look what is applied, as far as it is known */
    Leftovers read(Optional<AlembicState> look, String application) {
        Leftovers read = new LeftoverReader(connector, table(look)).read(application);
        Leftovers found = isInTheWay(read) ? read : read.withoutBuilt();
        return look.map(known -> found.withoutNoteOf(applied(known)::contains)).orElse(found);
    }

    /**
     * Whether an existing index stops the migration: a valid index as the statement defines it is not built again, and
     * for others the server reports that they exist.
     */
    private static boolean isInTheWay(Leftovers read) {
        return read.note()
                .flatMap(ProgressNote::failure)
                .filter(failure -> failure.state().equals(DUPLICATE))
                .isPresent();
    }

    /** The invalid indexes of the migration that started last. */
    List<InvalidIndex> left(AlembicState look, String application) {
        Leftovers found = read(Optional.of(look), application);
        return found.died().map(found::left).orElse(List.of());
    }

    private Set<String> applied(AlembicState look) {
        return look.current().stream()
                .flatMap(current -> look.tree().withAncestors(current.revisions()).stream())
                .flatMap(id -> look.tree().find(id).stream())
                .map(project::script)
                .collect(Collectors.toSet());
    }
}
