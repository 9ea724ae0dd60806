package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.UrlSecrets;
import io.chartreuse.spi.model.Context;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The environment for Alembic: this process's own, because an {@code env.py} may need any variable, but without the
 * secrets of other databases and without variables that would lead libpq to another database.
 */
final class ChildEnvironment {

    private static final Set<String> MISLEADING = Set.of(
            "ALEMBIC_CONFIG",
            "PGAPPNAME",
            "PGDATABASE",
            "PGHOST",
            "PGHOSTADDR",
            "PGOPTIONS",
            "PGPASSWORD",
            "PGPORT",
            "PGSERVICE",
            "PGTARGETSESSIONATTRS",
            "PGUSER");

    /** Unbuffered output in UTF-8, and no files beside the scripts, which may be on a read-only disk. */
    private static final Map<String, String> PYTHON =
            Map.of("PYTHONDONTWRITEBYTECODE", "1", "PYTHONUNBUFFERED", "1", "PYTHONIOENCODING", "utf-8");

    private final Map<String, String> kept;

    ChildEnvironment(DatabaseSettings database, Context context) {
        Set<String> withheld = new TreeSet<>(context.secrets().variables());
        database.password()
                .map(reference -> UrlSecrets.origin(reference).path("env"))
                .filter(JsonNode::isTextual)
                .ifPresent(own -> withheld.remove(own.textValue()));
        this.kept = new TreeMap<>(context.environment());
        kept.keySet().removeAll(withheld);
        kept.keySet().removeAll(MISLEADING);
        kept.putAll(PYTHON);
    }

    /** Adds these variables. */
    Map<String, String> with(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(kept);
        all.putAll(variables);
        return all;
    }
}
