package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Alembic's report on a project and its database.
 *
 * @param tree    the project's revisions
 * @param code    the path of {@code env.py}, which runs around all revisions
 * @param targets the revisions that the configured target stands for; none where they were not requested
 * @param current the database's current revisions; empty where they were not requested
 * @param url     what {@code env.py} connected to, without its password; empty where it did not connect
 * @param table   the version table that {@code env.py} uses; empty where it did not connect
 * @param rows    of that table
 * @param outside whether {@code env.py} connects without transactions ({@code AUTOCOMMIT})
 * @param each    whether each revision has a transaction of its own
 * @param several whether {@code env.py} runs the migrations several times, for each schema of several, say; the
 *                database's revisions are those that all of them have
 */
record AlembicState(
        RevisionTree tree,
        String code,
        SortedSet<String> targets,
        Optional<CurrentRevisions> current,
        Optional<String> url,
        Optional<VersionTable> table,
        Set<String> rows,
        boolean outside,
        boolean each,
        boolean several) {

    AlembicState {
        Objects.requireNonNull(tree, "tree");
        if (code.isEmpty()) {
            throw new IllegalArgumentException("Alembic does not say where env.py is");
        }
        targets = new TreeSet<>(targets);
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(table, "table");
        rows = Set.copyOf(rows);
    }

    /** @throws IllegalArgumentException where the answer does not come from Chartreuse's script */
    static AlembicState of(JsonNode answer) {
        List<Revision> revisions = new ArrayList<>();
        answer.path("revisions").forEach(revision -> revisions.add(revision(revision)));
        RevisionTree tree = new RevisionTree(revisions);
        JsonNode database = answer.path("database");
        return new AlembicState(
                tree,
                answer.path("code").asText(),
                new TreeSet<>(texts(answer.path("targets"))),
                database.isObject() ? Optional.of(current(database, tree)) : Optional.empty(),
                Optional.ofNullable(database.path("url").textValue()),
                Optional.ofNullable(database.path("table").textValue())
                        .map(table -> new VersionTable(
                                Optional.ofNullable(database.path("schema").textValue()), table)),
                Set.copyOf(texts(database.path("rows"))),
                database.path("autocommit").asBoolean(),
                database.path("each").asBoolean(),
                database.path("runs").size() > 1);
    }

    /**
     * The same project with other rows in the version table; empty where only Alembic can interpret them: it shows
     * revisions that depend on each other differently, and an unknown revision is an error.
     */
    Optional<AlembicState> withRows(Set<String> now) {
        if (now.equals(rows)) {
            return Optional.of(this);
        }
        boolean clear = current.filter(known -> known.unknown().isEmpty()).isPresent()
                && tree.all().stream()
                        .allMatch(revision -> revision.dependencies().isEmpty())
                && now.stream().allMatch(row -> tree.find(row).isPresent());
        if (several || !clear) {
            return Optional.empty();
        }
        CurrentRevisions there =
                new CurrentRevisions(new TreeSet<>(tree.leaves(tree.withAncestors(now))), Optional.empty());
        return Optional.of(
                new AlembicState(tree, code, targets, Optional.of(there), url, table, now, outside, each, several));
    }

    private static Revision revision(JsonNode revision) {
        return new Revision(
                revision.path("id").asText(),
                texts(revision.path("parents")),
                texts(revision.path("dependencies")),
                revision.path("path").asText(),
                revision.path("message").asText());
    }

    private static CurrentRevisions current(JsonNode database, RevisionTree tree) {
        List<SortedSet<String>> runs = new ArrayList<>();
        database.path("runs").forEach(run -> runs.add(new TreeSet<>(texts(run))));
        return Optional.ofNullable(database.path("unknown").textValue())
                .map(CurrentRevisions::unknown)
                .orElseGet(() -> CurrentRevisions.shared(runs, tree));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
