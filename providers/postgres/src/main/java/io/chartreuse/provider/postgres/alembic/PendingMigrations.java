package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.migrate.PlannedSql;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.LargeSql;
import io.chartreuse.spi.Location;
import io.chartreuse.spi.Migration;
import io.chartreuse.spi.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns pending revisions into migrations of a plan: names, digests, and their SQL as far as there is room for it. */
final class PendingMigrations {

    private final DatabaseSettings database;
    private final Project project;
    private final Rendering rendering;
    private final boolean outside;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final PlannedSql planned = new PlannedSql();

    /** @param outside whether nothing runs in a transaction, whatever is rendered */
    PendingMigrations(DatabaseSettings database, Project project, Rendering rendering, boolean outside) {
        this.database = database;
        this.project = project;
        this.rendering = rendering;
        this.outside = outside;
    }

    List<Migration> of(List<Revision> pending) {
        return pending.stream().map(this::migration).toList();
    }

    /** Files that cannot be read. */
    List<Diagnostic> problems() {
        return List.copyOf(problems);
    }

    private Migration migration(Revision revision) {
        byte[] content = content(revision);
        Migration migration = new Migration(
                Optional.of(revision.id()),
                revision.message(),
                project.script(revision),
                Sha256.of(content),
                !outside && rendering.isInTransaction(revision));
        return rendering
                .sql(revision)
                .map(sql -> planned.of(sql)
                        .map(migration::withSql)
                        .orElseGet(() -> migration.withLargeSql(LargeSql.of(pieces -> pieces.statements(sql)))))
                .orElse(migration);
    }

    private byte[] content(Revision revision) {
        Path file = project.file(revision);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            problems.add(Diagnostic.error(
                            PostgresProblem.UNREADABLE_MIGRATION,
                            "Migration " + file + " of database " + database.name() + " cannot be read ("
                                    + e.getClass().getSimpleName() + ").",
                            "Let the user that runs chartreuse read it.")
                    .about(database.address())
                    .at(Location.of(file.toString())));
            return new byte[0];
        }
    }
}
