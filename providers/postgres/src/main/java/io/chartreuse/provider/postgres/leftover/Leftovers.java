package io.chartreuse.provider.postgres.leftover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The leftovers of a database's unfinished migrations.
 *
 * @param note     the note of the last migration outside of a transaction that has neither ended nor been repaired
 * @param failed   the failed entries of the history
 * @param invalid  all invalid indexes that no session is building, by name
 * @param built    the index that the statement of the note was to build, if an index of that name exists
 * @param entry    the missing history entry, where all statements of the note's migration are done
 * @param detached the partition that the note's failed statement has begun to detach
 * @param anew     where the note's migration goes on once a person has checked its last statement, which then runs
 *                 again; empty where it starts at its first statement
 * @param goesOn   where the next run goes on with the note's migration; empty where a person has to decide
 */
public record Leftovers(
        Optional<ProgressNote> note,
        List<FailedEntry> failed,
        List<InvalidIndex> invalid,
        Optional<BuiltIndex> built,
        Optional<MissingEntry> entry,
        Optional<DetachedPartition> detached,
        Optional<Continuation> anew,
        Optional<Continuation> goesOn) {

    /** No leftovers. */
    public static final Leftovers NONE = new Leftovers(Optional.empty(), List.of(), List.of());

    /** The leftovers of a tool that does not record failures itself. */
    public Leftovers(Optional<ProgressNote> note, List<FailedEntry> failed, List<InvalidIndex> invalid) {
        this(note, failed, invalid, Optional.empty());
    }

    /** The leftovers in the database, before the history and the files are read. */
    Leftovers(
            Optional<ProgressNote> note,
            List<FailedEntry> failed,
            List<InvalidIndex> invalid,
            Optional<BuiltIndex> built) {
        this(note, failed, invalid, built, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Leftovers {
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(built, "built");
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(detached, "detached");
        Objects.requireNonNull(anew, "anew");
        Objects.requireNonNull(goesOn, "goesOn");
        failed = List.copyOf(failed);
        invalid = List.copyOf(invalid);
    }

    /** Adds the failed entries of the history. */
    public Leftovers withFailed(List<FailedEntry> entries) {
        return new Leftovers(note, entries, invalid, built, entry, detached, anew, goesOn);
    }

    /** Removes the note where the history has its migration as applied by now. */
    public Leftovers withoutNoteOf(Predicate<String> appliedScript) {
        return new Leftovers(
                note.filter(kept -> !appliedScript.test(kept.script())),
                failed,
                invalid,
                built,
                entry,
                detached,
                anew,
                goesOn);
    }

    /** Adds the entry that is all that the note's migration lacks. */
    public Leftovers withEntry(Optional<MissingEntry> missing) {
        return new Leftovers(note, failed, invalid, built, missing, detached, anew, goesOn);
    }

    /** Adds where the note's migration goes on by itself. */
    public Leftovers withContinuation(Optional<Continuation> continuation) {
        return new Leftovers(note, failed, invalid, built, entry, detached, anew, continuation);
    }

    /** Adds where the note's migration goes on once a person has repaired its leftovers. */
    public Leftovers withAnew(Optional<Continuation> again) {
        return new Leftovers(note, failed, invalid, built, entry, detached, again, goesOn);
    }

    /** Adds the partition that the note's statement has begun to detach. */
    public Leftovers withDetached(Optional<DetachedPartition> partition) {
        return new Leftovers(note, failed, invalid, built, entry, partition, anew, goesOn);
    }

    /** Removes an existing index that is not in the way. */
    public Leftovers withoutBuilt() {
        return new Leftovers(note, failed, invalid, Optional.empty(), entry, detached, anew, goesOn);
    }

    /** A valid index in the way of the note's migration: it is not what the migration builds, or that is unknown. */
    public Optional<BuiltIndex> inTheWay() {
        return died().isPresent() && entry.isEmpty() && goesOn.isEmpty()
                ? built.filter(BuiltIndex::valid)
                : Optional.empty();
    }

    /**
     * Whether the process died in a statement whose outcome only a person can see, so that the migration can go on
     * after that.
     */
    boolean isUnclear() {
        return goesOn.isEmpty()
                && anew.isPresent()
                && died().filter(kept -> kept.failure().isEmpty() && kept.begun() == kept.done() + 1)
                        .isPresent();
    }

    /** The note of a migration without an entry in the history: its process died. */
    public Optional<ProgressNote> died() {
        return note.filter(
                kept -> failed.stream().noneMatch(entry -> entry.script().equals(kept.script())));
    }

    /** The note of that entry's migration. */
    public Optional<ProgressNote> note(FailedEntry entry) {
        return note.filter(kept -> kept.script().equals(entry.script()));
    }

    /** The indexes that the note's migration left. */
    public List<InvalidIndex> left(ProgressNote of) {
        return invalid.stream().filter(of::left).toList();
    }

    /** The indexes that a failed migration left, by its note, or else by its file. */
    public List<InvalidIndex> left(FailedEntry entry) {
        return note(entry)
                .map(this::left)
                .orElseGet(() -> invalid.stream().filter(entry::mayHaveLeft).toList());
    }

    /** The invalid indexes without a known cause. */
    public List<InvalidIndex> unexplained() {
        List<InvalidIndex> others = new ArrayList<>(invalid);
        failed.forEach(entry -> others.removeAll(left(entry)));
        note.ifPresent(kept -> others.removeAll(left(kept)));
        return List.copyOf(others);
    }
}
