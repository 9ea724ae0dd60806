package io.chartreuse.provider.postgres.alembic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has Alembic render pending revisions as SQL, without a database. What cannot be rendered (it reads data, say) is left
 * out, and the rest goes on behind it; the number of calls is bounded.
 */
final class SqlRendering {

    private static final int CALLS = 8;

    private final Alembic alembic;
    private final Map<String, List<String>> parts = new HashMap<>();
    private final Map<String, Boolean> outside = new HashMap<>();

    SqlRendering(Alembic alembic) {
        this.alembic = alembic;
    }

    /** A project whose offline mode does not work at all is asked once. */
    SqlRendering render(List<Revision> pending) throws InterruptedException {
        List<Revision> rest = pending;
        for (int call = 0; call < CALLS && !rest.isEmpty(); call++) {
            List<Revision> row = row(rest);
            Revision first = row.get(0);
            String from = first.parents().isEmpty() ? "base" : first.parents().get(0);
            Output output = alembic.sql(from, row.get(row.size() - 1).id());
            SqlText text = SqlText.parse(output.lines());
            if (!output.succeeded() && text.parts().isEmpty()) {
                break;
            }
            int begun = output.succeeded() ? row.size() : Math.max(1, begun(row, text));
            keep(row.subList(0, output.succeeded() ? begun : begun - 1), text);
            rest = rest.subList(begun, rest.size());
        }
        return this;
    }

    /** The statements; empty where there are none to tell. */
    Optional<String> sql(Revision revision) {
        return Optional.ofNullable(parts.get(revision.id())).map(lines -> String.join("\n", lines));
    }

    /** Whether a statement stands outside of the transaction; empty where it was not rendered. */
    Optional<Boolean> leavesTransaction(Revision revision) {
        return Optional.ofNullable(outside.get(revision.id()));
    }

    /** The first ones that follow each other directly: Alembic renders a way from one revision to another. */
    private static List<Revision> row(List<Revision> pending) {
        List<Revision> row = new ArrayList<>(List.of(pending.get(0)));
        for (Revision next : pending.subList(1, pending.size())) {
            if (!next.parents().equals(List.of(row.get(row.size() - 1).id()))) {
                break;
            }
            row.add(next);
        }
        return row;
    }

    /** How many were begun; the last of these is the one that failed. */
    private static int begun(List<Revision> row, SqlText text) {
        Set<String> begun = text.parts().keySet();
        return (int) row.stream()
                .takeWhile(revision -> begun.contains(revision.id()))
                .count();
    }

    private void keep(List<Revision> rendered, SqlText text) {
        for (Revision revision : rendered) {
            Optional.ofNullable(text.parts().get(revision.id())).ifPresent(lines -> {
                parts.put(revision.id(), lines);
                outside.put(revision.id(), text.leavesTransaction(revision.id()));
            });
        }
    }
}
