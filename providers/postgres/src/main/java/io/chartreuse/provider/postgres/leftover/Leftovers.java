package io.chartreuse.provider.postgres.leftover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is left in a database of migrations that did not come to their end.
 *
 * @param note    of the one that ran last outside of a transaction and was neither ended nor repaired
 * @param failed  what the history calls failed
 * @param invalid all invalid indexes that no session is building, by name
 * @param built   the index that the statement of the note was to build, if an index of that name exists
 * @param entry   where all statements of the note's migration are done: what its entry in the history is to be
 * @param detached the partition that the note's statement, which failed, has begun to detach
 * @param anew    where the note's migration goes on once a person has looked at its statement under way, which then
 *                runs again; empty where it starts at its first statement
 * @param goesOn  where the next run goes on with the note's migration; empty where only a person can say
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

    /** Nothing is left. */
    public static final Leftovers NONE = new Leftovers(Optional.empty(), List.of(), List.of());

    /** Those of a tool that records nothing by itself. */
    public Leftovers(Optional<ProgressNote> note, List<FailedEntry> failed, List<InvalidIndex> invalid) {
        this(note, failed, invalid, Optional.empty());
    }

    /** Those that were found, before history and files are looked at. */
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

    /** The same with what the history says. */
    public Leftovers withFailed(List<FailedEntry> entries) {
        return new Leftovers(note, entries, invalid, built, entry, detached, anew, goesOn);
    }

    /** The same without the note, where its migration is in the history as applied by now. */
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

    /** The same where the note's migration lacks nothing but this entry. */
    public Leftovers withEntry(Optional<MissingEntry> missing) {
        return new Leftovers(note, failed, invalid, built, missing, detached, anew, goesOn);
    }

    /** The same where the note's migration goes on by itself. */
    public Leftovers withContinuation(Optional<Continuation> continuation) {
        return new Leftovers(note, failed, invalid, built, entry, detached, anew, continuation);
    }

    /** The same where the note's migration goes on once a person has repaired what it left. */
    public Leftovers withAnew(Optional<Continuation> again) {
        return new Leftovers(note, failed, invalid, built, entry, detached, again, goesOn);
    }

    /** The same where the note's statement has begun to detach that partition. */
    public Leftovers withDetached(Optional<DetachedPartition> partition) {
        return new Leftovers(note, failed, invalid, built, entry, partition, anew, goesOn);
    }

    /** The same without an existing index that is not in the way. */
    public Leftovers withoutBuilt() {
        return new Leftovers(note, failed, invalid, Optional.empty(), entry, detached, anew, goesOn);
    }

    /** A valid index in the way of the note's migration: it is not what the migration builds, or that is unknown. */
    public Optional<BuiltIndex> inTheWay() {
        return died().isPresent() && entry.isEmpty() && goesOn.isEmpty()
                ? built.filter(BuiltIndex::valid)
                : Optional.empty();
    }

    /** Whether the process died in a statement whose outcome only a person can see, in a migration that goes on after it. */
    boolean isUnclear() {
        return goesOn.isEmpty()
                && anew.isPresent()
                && died().filter(kept -> kept.failure().isEmpty() && kept.begun() == kept.done() + 1)
                        .isPresent();
    }

    /** The note of a migration that the history does not know: its process died. */
    public Optional<ProgressNote> died() {
        return note.filter(
                kept -> failed.stream().noneMatch(entry -> entry.script().equals(kept.script())));
    }

    /** The note of that entry's migration. */
    public Optional<ProgressNote> note(FailedEntry entry) {
        return note.filter(kept -> kept.script().equals(entry.script()));
    }

    /** The indexes that the migration of the note left. */
    public List<InvalidIndex> left(ProgressNote of) {
        return invalid.stream().filter(of::left).toList();
    }

    /** The indexes that a failed migration left: by its note, else by what its file says. */
    public List<InvalidIndex> left(FailedEntry entry) {
        return note(entry)
                .map(this::left)
                .orElseGet(() -> invalid.stream().filter(entry::mayHaveLeft).toList());
    }

    /** The invalid indexes that no migration is known to have left. */
    public List<InvalidIndex> unexplained() {
        List<InvalidIndex> others = new ArrayList<>(invalid);
        failed.forEach(entry -> others.removeAll(left(entry)));
        note.ifPresent(kept -> others.removeAll(left(kept)));
        return List.copyOf(others);
    }
}
