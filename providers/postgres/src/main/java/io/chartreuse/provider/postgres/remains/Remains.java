package io.chartreuse.provider.postgres.remains;

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
 * @param invalid all invalid indexes that nobody is building, by name
 */
public record Remains(Optional<ProgressNote> note, List<FailedEntry> failed, List<InvalidIndex> invalid) {

    /** Nothing is left. */
    public static final Remains NONE = new Remains(Optional.empty(), List.of(), List.of());

    public Remains {
        Objects.requireNonNull(note, "note");
        failed = List.copyOf(failed);
        invalid = List.copyOf(invalid);
    }

    /** The same with what the history says. */
    public Remains withFailed(List<FailedEntry> entries) {
        return new Remains(note, entries, invalid);
    }

    /** The same without the note, where its migration is in the history as applied by now. */
    public Remains withoutNoteOf(Predicate<String> appliedScript) {
        return new Remains(note.filter(kept -> !appliedScript.test(kept.script())), failed, invalid);
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
