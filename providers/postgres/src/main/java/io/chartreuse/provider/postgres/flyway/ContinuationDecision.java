package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.BuiltIndex;
import io.chartreuse.provider.postgres.leftover.Continuation;
import io.chartreuse.provider.postgres.leftover.DetachedPartition;
import io.chartreuse.provider.postgres.leftover.Identifier;
import io.chartreuse.provider.postgres.leftover.InvalidIndex;
import io.chartreuse.provider.postgres.leftover.Leftovers;
import io.chartreuse.provider.postgres.leftover.ObjectLook;
import io.chartreuse.provider.postgres.leftover.ProgressNote;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides where a migration goes on whose process died, from its note, its file and the database. Empty where the
 * outcome of the last statement is unknown: then a person decides.
 */
final class ContinuationDecision {

    private static final String NAME = "((?:\"[^\"]+\"|[^ \"]+)+)";
    private static final Pattern DROP = Pattern.compile("DROP INDEX CONCURRENTLY (?:IF EXISTS )?" + NAME + ".*");
    private static final Pattern DETACH = Pattern.compile(
            "ALTER TABLE (?:IF EXISTS )?(?:ONLY )?" + NAME + " DETACH PARTITION " + NAME + " CONCURRENTLY");

    /** The statement did not get its lock, was cancelled, or found that an earlier one was interrupted. */
    private static final Set<String> INTERRUPTED = Set.of("55P03", "57014", "40P01", "55000");

    private final Leftovers leftovers;
    private final ProgressNote note;
    private final ResumedScript script;
    private final ObjectLook look;

    /** @param note of a migration whose file is unchanged, and that is the next to run */
    ContinuationDecision(Leftovers leftovers, ProgressNote note, ResumedScript script, ObjectLook look) {
        this.leftovers = leftovers;
        this.note = note;
        this.script = script;
        this.look = look;
    }

    /** Where it goes on once a person has checked the last statement: with that statement. */
    Optional<Continuation> anew() {
        return note.exact() && note.statements() == script.statements() && !script.loses()
                ? again("")
                : Optional.empty();
    }

    Optional<Continuation> decide() {
        if (note.failure().isPresent() || anew().isEmpty()) {
            return Optional.empty();
        }
        // Several started statements are in one transaction, which is rolled back.
        return note.begun() == note.done() + 1 ? script.next().flatMap(this::underway) : again("");
    }

    private Optional<Continuation> underway(TopLevelStatements.Found statement) {
        if (note.isExecuting()) {
            return again("");
        }
        return switch (StatementKind.of(statement)) {
            case ATOMIC, SETS, KEEPS, COMMITS, CONTROLS -> again("what it had not committed was rolled back");
            case REPEATABLE, DISCARDS -> again("it runs once more, which does no harm");
            case CREATES_INDEX -> created(statement);
            case REBUILDS_INDEX -> rebuilt();
            case DROPS_INDEX -> dropped(statement.text());
            case DETACHES -> detached(statement.text());
            case CALLS, ONCE -> Optional.empty();
        };
    }

    /** The partition that the failed statement was detaching, where the server has committed its first step. */
    Optional<DetachedPartition> detached() {
        if (note.failure().isEmpty() || note.begun() != note.done() + 1) {
            return Optional.empty();
        }
        return script.next()
                .map(statement -> DETACH.matcher(statement.text()))
                .filter(detach -> detach.matches() && !isElsewhere(detach.group(1)) && !isElsewhere(detach.group(2)))
                .flatMap(detach -> detached(written(detach.group(1)), written(detach.group(2))));
    }

    /** Empty for a partition that was never attached: it is not part of the table either. */
    private Optional<DetachedPartition> detached(String table, String partition) {
        boolean interrupted = INTERRUPTED.contains(note.failure().orElseThrow().state());
        return switch (look.detaching(partition)) {
            case PENDING -> Optional.of(new DetachedPartition(table, partition, true));
            case DONE ->
                interrupted && look.exists(partition)
                        ? Optional.of(new DetachedPartition(table, partition, false))
                        : Optional.empty();
            case NOT_BEGUN -> Optional.empty();
        };
    }

    /** As people write it. */
    private static String written(String name) {
        return name.contains("\"") ? name : name.toLowerCase(Locale.ROOT);
    }

    private Optional<Continuation> created(TopLevelStatements.Found statement) {
        if (!leftovers.left(note).isEmpty()) {
            return rebuilt();
        }
        Optional<BuiltIndex> built = leftovers.built();
        if (built.isPresent() && built.get().fulfils(script.written())) {
            return done("the server has completed the index " + built.get().qualifiedName());
        }
        boolean named = note.build().flatMap(build -> build.index()).isPresent();
        boolean asBefore = built.isEmpty() || !built.get().valid();
        boolean harmless = statement.text().contains(" IF NOT EXISTS ");
        return named && (asBefore || harmless) ? again("no index was left") : Optional.empty();
    }

    private Optional<Continuation> rebuilt() {
        List<InvalidIndex> left = leftovers.left(note);
        String names = left.stream().map(InvalidIndex::qualifiedName).collect(Collectors.joining(", "));
        return again(
                left.isEmpty() ? "it left nothing" : "what it left invalid is dropped (" + names + ")",
                left.stream()
                        .map(index -> "DROP INDEX CONCURRENTLY IF EXISTS "
                                + Identifier.qualified(Optional.of(index.schema()), index.name()))
                        .toList());
    }

    private Optional<Continuation> dropped(String text) {
        Matcher drop = DROP.matcher(text);
        if (!drop.matches() || isElsewhere(drop.group(1))) {
            return Optional.empty();
        }
        return look.exists(drop.group(1))
                ? again("the index is still there")
                : done("the server has dropped the index");
    }

    private Optional<Continuation> detached(String text) {
        Matcher detach = DETACH.matcher(text);
        if (!detach.matches() || isElsewhere(detach.group(1)) || isElsewhere(detach.group(2))) {
            return Optional.empty();
        }
        return switch (look.detaching(detach.group(2))) {
            case NOT_BEGUN -> again("the partition is still attached");
            case DONE -> done("the server has detached the partition");
            case PENDING ->
                Optional.of(continuation(
                        note.done() + 1,
                        "the detached partition is finalized",
                        List.of("ALTER TABLE " + detach.group(1) + " DETACH PARTITION " + detach.group(2)
                                + " FINALIZE")));
        };
    }

    /** Whether the name may be found by a search path that the script has set for its own session. */
    private boolean isElsewhere(String name) {
        return !script.setting().isEmpty() && !name.contains(".");
    }

    private Optional<Continuation> done(String why) {
        return Optional.of(continuation(note.done() + 1, why, List.of()));
    }

    private Optional<Continuation> again(String why) {
        return again(why, List.of());
    }

    private Optional<Continuation> again(String why, List<String> clearing) {
        return Optional.of(continuation(note.done(), why, clearing));
    }

    private Continuation continuation(int done, String why, List<String> clearing) {
        return new Continuation(note.script(), done, note.statements(), script.setting(), why, clearing);
    }
}
