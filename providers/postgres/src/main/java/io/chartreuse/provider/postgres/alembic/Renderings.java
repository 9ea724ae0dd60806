package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rendered SQL of pending revisions, kept for unchanged scripts: SQL that a refresh has rendered is not rendered
 * again while workloads are stopped.
 */
final class Renderings {

    private final Alembic alembic;
    private final boolean sql;
    private final Map<String, Rendering> known = new ConcurrentHashMap<>();

    /** @param sql whether they may be rendered as SQL */
    Renderings(Alembic alembic, boolean sql) {
        this.alembic = alembic;
        this.sql = sql;
    }

    /** @param from where the database stands */
    Rendering of(String scripts, List<String> from, List<Revision> pending) throws InterruptedException {
        if (pending.isEmpty()) {
            return new Rendering(MissingNode.getInstance());
        }
        List<String> ids = pending.stream().map(Revision::id).toList();
        String key = scripts + from + ids;
        Rendering rendering = known.get(key);
        if (rendering == null) {
            rendering = new Rendering(parts(from, ids));
            known.put(key, rendering);
        }
        return rendering;
    }

    /** Where a revision ends the rendering process, the others are still described, without SQL. */
    private ObjectNode parts(List<String> from, List<String> ids) throws InterruptedException {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        Optional<AlembicFailure> failure = alembic.render(from, ids, sql, parts).failure();
        List<String> left = ids.stream().filter(id -> !parts.has(id)).toList();
        if (sql && failure.isPresent() && !left.isEmpty()) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            alembic.render(from, left, false, shown);
            String why = failure.get().complaint().reason();
            left.forEach(id -> parts.set(id, ofEnded(shown.get(id), why)));
        }
        return parts;
    }

    private static ObjectNode ofEnded(JsonNode shown, String why) {
        ObjectNode part = shown instanceof ObjectNode known ? known : JsonNodeFactory.instance.objectNode();
        return part.put("why", why);
    }
}
