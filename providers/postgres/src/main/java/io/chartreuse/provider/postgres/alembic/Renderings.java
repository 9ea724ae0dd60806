package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is told of pending revisions, asked once for the same scripts: what a refresh has rendered before workloads are
 * stopped does not keep them waiting again.
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
            rendering = new Rendering(alembic.render(from, ids, sql).content().path("parts"));
            known.put(key, rendering);
        }
        return rendering;
    }
}
