package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.postgres.remains.ProgressTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * What Alembic says of a project and its database.
 *
 * @param tree    the project's revisions
 * @param targets those that the configured target stands for; none where it was not asked
 * @param current where the database stands; empty where it was not asked
 * @param url     what {@code env.py} connected to, without its password; empty where it did not connect
 * @param table   beside the version table that {@code env.py} uses; empty where it did not connect
 * @param outside whether {@code env.py} connects without transactions ({@code AUTOCOMMIT})
 */
record Look(
        RevisionTree tree,
        SortedSet<String> targets,
        Optional<Current> current,
        Optional<String> url,
        Optional<ProgressTable> table,
        boolean outside) {

    Look {
        Objects.requireNonNull(tree, "tree");
        targets = new TreeSet<>(targets);
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(table, "table");
    }

    /** @throws IllegalArgumentException where the answer is none of ours */
    static Look of(JsonNode answer) {
        List<Revision> revisions = new ArrayList<>();
        answer.path("revisions").forEach(revision -> revisions.add(revision(revision)));
        JsonNode database = answer.path("database");
        return new Look(
                new RevisionTree(revisions),
                new TreeSet<>(texts(answer.path("targets"))),
                database.isObject() ? Optional.of(current(database)) : Optional.empty(),
                Optional.ofNullable(database.path("url").textValue()),
                Optional.ofNullable(database.path("table").textValue())
                        .map(table -> ProgressTable.beside(
                                Optional.ofNullable(database.path("schema").textValue()), table)),
                database.path("autocommit").asBoolean());
    }

    private static Revision revision(JsonNode revision) {
        return new Revision(
                revision.path("id").asText(),
                texts(revision.path("parents")),
                texts(revision.path("dependencies")),
                revision.path("path").asText(),
                revision.path("message").asText());
    }

    private static Current current(JsonNode database) {
        SortedSet<String> revisions = new TreeSet<>(texts(database.path("current")));
        return Optional.ofNullable(database.path("unknown").textValue())
                .map(Current::unknown)
                .orElseGet(() -> new Current(revisions, Optional.empty()));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
