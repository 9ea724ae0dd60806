package io.chartreuse.provider.postgres.alembic;

import java.util.List;
import java.util.Objects;

/**
 * One revision of a project, as Alembic reports it.
 *
 * @param id           its identifier
 * @param parents      those that it follows; none for a base, several for a merge point
 * @param dependencies those that must be applied before ({@code depends_on}), which it does not follow
 * @param path         of its file, as Alembic reports it
 * @param message      the first paragraph of the file's text
 */
record Revision(String id, List<String> parents, List<String> dependencies, String path, String message) {

    Revision {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a revision needs an identifier: " + path);
        }
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        parents = List.copyOf(parents);
        dependencies = List.copyOf(dependencies);
    }
}
