package io.chartreuse.core.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Migration;
import java.util.List;

/** Pending migrations as JSON. */
public final class MigrationDocument {

    private MigrationDocument() {}

    /** Adds them to a node, where there are any. */
    public static void write(ObjectNode node, List<Migration> migrations) {
        if (migrations.isEmpty()) {
            return;
        }
        ArrayNode array = node.putArray("migrations");
        for (Migration migration : migrations) {
            ObjectNode element = array.addObject();
            if (migration.kind() != Migration.Kind.MIGRATION) {
                element.put("kind", migration.kind().word());
            }
            migration.version().ifPresent(version -> element.put("version", version));
            element.put("description", migration.description());
            element.put("script", migration.script());
            element.put("digest", migration.digest());
            element.put("transactional", migration.transactional());
            migration.note().ifPresent(note -> element.put("note", note));
            migration.sql().ifPresent(sql -> element.put("sql", sql));
            migration
                    .largeSql()
                    .ifPresent(sql -> element.put("sqlDigest", sql.digest()).put("sqlBytes", sql.bytes()));
        }
    }

    /** Reads one of what {@link #write} wrote. */
    public static Migration read(Fields fields) {
        return new Migration(
                fields.node().has("kind") ? fields.word("kind", Migration.Kind.class) : Migration.Kind.MIGRATION,
                fields.optionalText("version"),
                fields.text("description"),
                fields.text("script"),
                fields.text("digest"),
                fields.flag("transactional"),
                fields.optionalText("note"),
                fields.optionalText("sql"),
                fields.optionalText("sqlDigest").map(digest -> LargeSql.named(digest, fields.number("sqlBytes", 0))));
    }
}
