package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.remains.InvalidIndex;
import io.chartreuse.provider.postgres.remains.ProgressNote;
import io.chartreuse.provider.postgres.remains.ProgressTable;
import io.chartreuse.provider.postgres.remains.Remains;
import io.chartreuse.provider.postgres.remains.RemainsReader;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What unfinished revisions left in a database, seen together with what is applied. */
final class AlembicRemains {

    /** duplicate_table, which an index is called as well. */
    private static final String DUPLICATE = "42P07";

    private final Connector connector;
    private final AlembicSettings settings;
    private final Project project;

    AlembicRemains(Connector connector, Project project) {
        this.connector = connector;
        this.settings = project.settings();
        this.project = project;
    }

    /** Beside the version table that {@code env.py} uses, or else the one that is configured. */
    ProgressTable table(Optional<Look> look) {
        return look.flatMap(Look::table)
                .map(VersionTable::progress)
                .orElseGet(() -> ProgressTable.beside(Optional.empty(), settings.table()));
    }

    /** @param look what is applied, as far as it is known */
    Remains read(Optional<Look> look, String application) {
        Remains read = new RemainsReader(connector, table(look)).read(application);
        Remains found = isInTheWay(read) ? read : read.withoutBuilt();
        return look.map(known -> found.withoutNoteOf(applied(known)::contains)).orElse(found);
    }

    /** One that is as its statement defines it is not built again; of others the server says that they are there. */
    private static boolean isInTheWay(Remains read) {
        return read.note()
                .flatMap(ProgressNote::failure)
                .filter(failure -> failure.state().equals(DUPLICATE))
                .isPresent();
    }

    /** The invalid indexes of the migration that was begun last. */
    List<InvalidIndex> left(Look look, String application) {
        Remains found = read(Optional.of(look), application);
        return found.died().map(found::left).orElse(List.of());
    }

    private Set<String> applied(Look look) {
        return look.current().stream()
                .flatMap(current -> look.tree().withAncestors(current.revisions()).stream())
                .flatMap(id -> look.tree().find(id).stream())
                .map(project::script)
                .collect(Collectors.toSet());
    }
}
