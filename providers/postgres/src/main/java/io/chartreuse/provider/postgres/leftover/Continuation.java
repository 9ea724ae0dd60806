package io.chartreuse.provider.postgres.leftover;

import java.util.List;
import java.util.Objects;

/**
 * Where a migration goes on by itself after its process died.
 *
 * @param script     its file, relative to its location
 * @param done       how many of its statements are done: those of the note, and one that is found to be done
 * @param statements how many it has
 * @param setting    which of the done statements set something for the session, from 1: they run once more
 * @param why        it is known, for people; empty where the note alone shows it
 * @param clearing   statements that remove the leftovers of the unfinished one, to be run outside of a transaction
 *                   first
 */
public record Continuation(
        String script, int done, int statements, List<Integer> setting, String why, List<String> clearing) {

    public Continuation {
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(why, "why");
        setting = List.copyOf(setting);
        clearing = List.copyOf(clearing);
        if (done < 0 || done > statements) {
            throw new IllegalArgumentException(script + ": " + done + " of " + statements + " statements done");
        }
    }

    /** For people: {@code goes on at statement 2 of 4: the server has completed the index public.big_y}. */
    public String text() {
        String where = done == statements
                ? "is done, all of its " + statements + " statements, and is recorded"
                : "goes on at statement " + (done + 1) + " of " + statements;
        return where + (why.isEmpty() ? "" : ": " + why);
    }
}
