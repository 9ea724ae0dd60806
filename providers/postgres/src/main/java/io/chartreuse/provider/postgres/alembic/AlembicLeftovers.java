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

/** What unfinished revisions left in a database, seen together with what is applied. */
final class AlembicLeftovers {

    /** duplicate_table, which an index is called as well. */
    private static final String DUPLICATE = "42P07";

    private final Connector connector;
    private final AlembicSettings settings;
    private final Project project;

    AlembicLeftovers(Connector connector, Project project) {
        this.connector = connector;
        this.settings = project.settings();
        this.project = project;
    }

    /** Beside the version table that {@code env.py} uses, or else the one that is configured. */
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

    /** One that is as its statement defines it is not built again; of others the server says that they are there. */
    private static boolean isInTheWay(Leftovers read) {
        return read.note()
                .flatMap(ProgressNote::failure)
                .filter(failure -> failure.state().equals(DUPLICATE))
                .isPresent();
    }

    /** The invalid indexes of the migration that was begun last. */
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
