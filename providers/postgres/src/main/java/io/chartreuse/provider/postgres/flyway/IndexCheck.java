package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.BuiltIndex;
import io.chartreuse.provider.postgres.leftover.Identifier;
import io.chartreuse.provider.postgres.leftover.IndexReader;
import io.chartreuse.provider.postgres.leftover.NamedIndex;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import io.chartreuse.spi.provider.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;

/**
 * Checks an index after its statement has succeeded: {@code IF NOT EXISTS} also succeeds over an invalid index of that
 * name, or over another one.
 */
final class IndexCheck {

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private final ProgressJournal journal;
    private final Progress progress;

    IndexCheck(ProgressJournal journal, Progress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    /** @throws FlywayException where the index is invalid or on another table */
    void check(Connection session, String sql) throws SQLException {
        if (!sql.regionMatches(true, 0, "CREATE", 0, 6) && !sql.startsWith("-") && !sql.startsWith("/")) {
            return;
        }
        String statement = COMMENT.matcher(sql).replaceAll(" ").strip();
        Optional<NamedIndex> named =
                NamedIndex.of(statement).filter(index -> index.ifNotExists() || index.concurrent());
        if (named.isPresent()) {
            check(
                    named.get(),
                    statement,
                    new IndexReader(session).named(named.get().name()));
        }
    }

    private void check(NamedIndex named, String statement, List<BuiltIndex> found) throws SQLException {
        Optional<BuiltIndex> index = found.stream()
                .filter(candidate -> named.schema()
                        .filter(schema -> !schema.equals(candidate.schema()))
                        .isEmpty())
                .findFirst();
        if (index.isPresent() && !index.get().valid()) {
            fail(index.get(), "is invalid: the statement found it so and left it as it was");
        } else if (index.isPresent() && !index.get().table().equals(named.table())) {
            fail(index.get(), "is on another table than " + named.table() + ", which has none");
        } else if (index.isPresent() && !index.get().fulfils(statement)) {
            progress.report("warning: index " + index.get().qualifiedName()
                    + " was there and may not be as the statement defines it: "
                    + index.get().definition());
        }
    }

    private void fail(BuiltIndex index, String why) throws SQLException {
        String message = "index " + index.qualifiedName() + " on " + index.table() + " " + why;
        if (journal.isOpen()) {
            journal.leftInvalid(index, message);
        }
        throw new UnusableIndex(index, message);
    }

    /** A statement has succeeded over an index that cannot be used. */
    static final class UnusableIndex extends FlywayException {

        private static final long serialVersionUID = 1;

        private final transient BuiltIndex index;

        private UnusableIndex(BuiltIndex index, String message) {
            super(message);
            this.index = index;
        }

        String remedy() {
            return index.valid()
                    ? "Give one of the two indexes named " + index.name() + " another name. "
                    : "Run `chartreuse repair`, which asks whether to drop " + index.qualifiedName()
                            + ", or build it anew: REINDEX INDEX CONCURRENTLY "
                            + Identifier.qualified(Optional.of(index.schema()), index.name()) + ". ";
        }
    }
}
