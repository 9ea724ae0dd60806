package io.chartreuse.provider.postgres.alembic;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The SQL of pending revisions, rendered once for the same scripts: what a refresh has rendered before workloads are
 * stopped does not keep them waiting again.
 */
final class Renderings {

    private final Alembic alembic;
    private final Map<String, SqlRendering> known = new ConcurrentHashMap<>();

    Renderings(Alembic alembic) {
        this.alembic = alembic;
    }

    SqlRendering of(String scripts, boolean wanted, List<Revision> pending) throws InterruptedException {
        if (!wanted || pending.isEmpty()) {
            return new SqlRendering(alembic);
        }
        String key = scripts + pending.stream().map(Revision::id).toList();
        SqlRendering rendering = known.get(key);
        if (rendering == null) {
            rendering = new SqlRendering(alembic).render(pending);
            known.put(key, rendering);
        }
        return rendering;
    }
}
