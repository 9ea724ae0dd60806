package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.migrate.Standing;
import io.chartreuse.provider.postgres.server.Session;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.Migration;
import io.chartreuse.spi.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Asks Alembic what there is and where the database stands, and puts both together. */
final class ProjectReading {

    private final DatabaseSettings database;
    private final AlembicSettings settings;
    private final Project project;
    private final Alembic alembic;
    private final Refusals refusals;
    private final Explanation explanation;

    ProjectReading(DatabaseSettings database, Project project, Alembic alembic, Refusals refusals) {
        this.database = database;
        this.settings = project.settings();
        this.project = project;
        this.alembic = alembic;
        this.refusals = refusals;
        this.explanation = new Explanation(database, settings);
    }

    /**
     * Where the database stands.
     *
     * @param rendered the SQL of these pending revisions; asked only where there are some
     * @throws io.chartreuse.spi.ChartreuseException where Alembic cannot tell
     */
    Standing read(Session session, Renderings rendered) throws InterruptedException {
        checkDriver();
        RevisionTree tree = tree(alembic.history());
        return compare(tree, current(session), rendered);
    }

    /**
     * Where the database stands that was last seen at these revisions. No connection is opened.
     *
     * @throws io.chartreuse.spi.ChartreuseException where Alembic cannot tell
     */
    Standing recall(SortedSet<String> revisions, Renderings rendered) throws InterruptedException {
        checkDriver();
        RevisionTree tree = tree(alembic.history());
        return compare(tree, Current.recalled(revisions, tree), rendered);
    }

    private Standing compare(RevisionTree tree, Current current, Renderings rendered) throws InterruptedException {
        Comparison comparison = new Comparison(tree, current, targets(tree));
        String scripts = project.digest(tree);
        List<Revision> pending = comparison.pending();
        PendingMigrations migrations =
                new PendingMigrations(database, project, rendered.of(scripts, settings.renderSql(), pending));
        List<Migration> found = migrations.of(pending);
        return new Standing(
                comparison.revision(),
                comparison.goal(),
                comparison.ahead(),
                found,
                Standing.Repeatables.NONE,
                Sha256.of(comparison.revision().orElse("")),
                scripts,
                migrations.problems());
    }

    /** Where the database stands now; the project was read before. */
    Current current(Session session) throws InterruptedException {
        Output output = alembic.current(session);
        if (!output.succeeded()) {
            return Current.unknown(output).orElseThrow(() -> explanation.current(output));
        }
        Current current = Current.parse(output.lines());
        Optional<String> difference = current.url().flatMap(alembic.url()::difference);
        if (difference.isPresent()) {
            throw refusals.elsewhere(difference.get());
        }
        return current;
    }

    private RevisionTree tree(Output output) throws InterruptedException {
        if (!output.succeeded()) {
            throw explanation.history(output);
        }
        RevisionTree tree = new RevisionTree(RevisionListing.parse(output.lines()));
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (String name : tree.unknownDependencies()) {
            names.put(name, List.copyOf(shown(name)));
        }
        return names.isEmpty() ? tree : tree.resolved(names);
    }

    private Set<String> targets(RevisionTree tree) throws InterruptedException {
        String target = settings.target();
        Set<String> heads = tree.heads();
        if (target.equals("heads")) {
            return heads;
        }
        if (target.equals("head")) {
            if (heads.size() > 1) {
                throw explanation.severalHeads(heads);
            }
            return heads;
        }
        return tree.find(target).isPresent() ? Set.of(target) : shown(target);
    }

    /** The revisions that a name stands for: an abbreviation, a branch label, {@code branch@head}. */
    private Set<String> shown(String name) throws InterruptedException {
        Output output = alembic.show(name);
        if (!output.succeeded()) {
            throw explanation.target(output);
        }
        Set<String> ids = new TreeSet<>();
        RevisionListing.parse(output.lines()).forEach(revision -> ids.add(revision.id()));
        return ids;
    }

    /** What does not read libpq's environment variables can neither be given the password nor the role. */
    private void checkDriver() {
        Optional<String> driver = alembic.driver(project.ini());
        if (driver.equals(Optional.of("pg8000"))) {
            throw refusals.driver("pg8000", "cannot be given the password through the environment");
        }
        if (driver.equals(Optional.of("asyncpg")) && database.role().isPresent()) {
            throw refusals.driver(
                    "asyncpg", "cannot be given the role " + database.role().get());
        }
    }
}
