package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.migrate.PlannedSql;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.problem.ReadFailure;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.text.Sha256;
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
    private final AlembicState look;
    private final Rendering rendering;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final PlannedSql planned = new PlannedSql();

    PendingMigrations(DatabaseSettings database, Project project, AlembicState look, Rendering rendering) {
        this.database = database;
        this.project = project;
        this.look = look;
        this.rendering = rendering;
    }

    /** Includes the code that runs around the revisions, where any are pending. */
    List<Migration> of(List<Revision> pending) {
        List<Migration> migrations = new ArrayList<>();
        rendering.creation().map(VersionTable::creation).ifPresent(migrations::add);
        for (int index = 0; index < pending.size(); index++) {
            int together = look.each() ? 1 : together(pending.subList(index, pending.size()));
            boolean begins = index == 0 || !isInTransaction(pending.get(index - 1));
            migrations.add(migration(pending.get(index), begins ? together : 1));
        }
        if (!pending.isEmpty()) {
            migrations.add(environment(project.file(look.code())));
        }
        return List.copyOf(migrations);
    }

    /** How many of these, from the first on, are committed together. */
    private int together(List<Revision> next) {
        return (int) next.stream().takeWhile(this::isInTransaction).count();
    }

    private boolean isInTransaction(Revision revision) {
        return !look.outside() && rendering.isInTransaction(revision);
    }

    /** Files that cannot be read. */
    List<Diagnostic> problems() {
        return List.copyOf(problems);
    }

    private Migration migration(Revision revision, int together) {
        byte[] content = content(project.file(revision));
        Migration migration = new Migration(
                        Optional.of(revision.id()),
                        revision.message(),
                        project.script(revision),
                        Sha256.of(content),
                        isInTransaction(revision))
                .withNote(note(revision, together));
        return rendering
                .sql(revision)
                .map(sql -> planned.of(sql)
                        .map(migration::withSql)
                        .orElseGet(() -> migration.withLargeSql(LargeSql.of(pieces -> pieces.statements(sql)))))
                .orElse(migration);
    }

    private Optional<String> note(Revision revision, int together) {
        List<String> notes = new ArrayList<>();
        boolean known = look.outside() || rendering.leavesTransaction(revision).isPresent();
        if (!known) {
            notes.add("or not known to be");
        }
        rendering.why(revision).ifPresent(why -> notes.add("its SQL is not known beforehand (" + why + ")"));
        if (together > 1) {
            notes.add(
                    "one transaction over " + together + " revisions: locks are held until the last of them has ended;"
                            + " transaction_per_migration in env.py gives each its own");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    /** The entry for {@code env.py}, which may execute anything: in hooks and events, or beside the revisions. */
    private Migration environment(Path file) {
        return new Migration(
                Migration.Kind.CALLBACK,
                Optional.empty(),
                file.getFileName().toString(),
                project.script(file),
                Sha256.of(content(file)),
                !look.outside(),
                Optional.of("runs around all revisions; what SQL it executes is not known beforehand"),
                Optional.empty());
    }

    private byte[] content(Path file) {
        try {
            ReadFailure.requireFile(file);
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
