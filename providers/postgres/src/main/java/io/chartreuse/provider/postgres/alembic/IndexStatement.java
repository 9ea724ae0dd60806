package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.postgres.leftover.BuiltIndex;
import io.chartreuse.provider.postgres.leftover.IndexReader;
import io.chartreuse.provider.postgres.leftover.NamedIndex;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A statement in a revision that creates a named index, concurrently or with {@code IF NOT EXISTS}.
 *
 * @param sql without its comments
 */
record IndexStatement(String sql, NamedIndex named) {

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    IndexStatement {
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(named, "named");
    }

    /** Empty for all other statements. */
    static Optional<IndexStatement> of(String statement) {
        String sql = COMMENT.matcher(statement).replaceAll(" ").strip();
        return NamedIndex.of(sql)
                .filter(index -> index.ifNotExists() || index.concurrent())
                .map(index -> new IndexStatement(sql, index));
    }

    /** The index, where it exists, is valid, and is what this statement builds: then the statement is done. */
    Optional<BuiltIndex> done(ProgressJournal journal) throws SQLException {
        return placed(journal.indexesNamed(named.name()))
                .filter(index -> index.table().equals(named.table()) && index.fulfils(sql));
    }

    /** The query by which a session finds the index. */
    String lookup() {
        return IndexReader.query(named.name());
    }

    /** The problem of the existing index; empty where it has none. @param found what the session found */
    Optional<Complaint> complaint(JsonNode found) {
        List<BuiltIndex> indexes = new ArrayList<>();
        found.forEach(row -> indexes.add(new BuiltIndex(
                row.path(0).asText(),
                row.path(1).asText(),
                row.path(2).asText(),
                row.path(3).asBoolean(),
                row.path(4).asText())));
        return placed(indexes).flatMap(this::complaint);
    }

    private Optional<Complaint> complaint(BuiltIndex index) {
        String name = "index " + index.qualifiedName() + " on " + index.table();
        if (!index.valid()) {
            return Optional.of(
                    new Complaint(index, true, name + " is invalid: the statement found it so and left it as it was"));
        }
        if (!index.table().equals(named.table())) {
            return Optional.of(new Complaint(
                    index, true, name + " is on another table than " + named.table() + ", which has none"));
        }
        return index.fulfils(sql)
                ? Optional.empty()
                : Optional.of(new Complaint(
                        index,
                        false,
                        name + " was there and may not be as the statement defines it: " + index.definition()));
    }

    private Optional<BuiltIndex> placed(List<BuiltIndex> found) {
        return found.stream()
                .filter(candidate -> named.schema()
                        .filter(schema -> !schema.equals(candidate.schema()))
                        .isEmpty())
                .findFirst();
    }

    /**
     * A problem of an index.
     *
     * @param fails whether the migration has failed with it
     */
    record Complaint(BuiltIndex index, boolean fails, String message) {
        Complaint {
            Objects.requireNonNull(index, "index");
            Objects.requireNonNull(message, "message");
        }
    }
}
