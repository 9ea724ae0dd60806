package io.chartreuse.provider.postgres.leftover;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The progress of a migration outside of a transaction, stored in its database.
 *
 * @param script        its file, relative to its location
 * @param digest        of the file that ran
 * @param run           who ran it: release and run
 * @param statements    how many it has; 0 where that is not known
 * @param done          how many of them are done
 * @param begun         how many of them were begun: the one under way too, and those in a transaction that has not
 *                      ended
 * @param exact         whether each statement that may run in a transaction is committed together with its note
 * @param line          where the one that was begun last starts; 0 before the first
 * @param committed     the line before which it has committed transactions of its own; 0 where it has not
 * @param build         what that one builds; empty where it builds no index
 * @param invalidBefore the invalid indexes that were there before that one
 * @param repaired      whether a person has said that it goes on, since it failed or its process died
 * @param failure       how that one failed; empty where it runs, or its process died
 * @param alive         whether the server's process that was to execute it is there
 * @param server        the server's process, for people who have to end it
 */
public record ProgressNote(
        String script,
        String digest,
        String run,
        int statements,
        int done,
        int begun,
        boolean exact,
        int line,
        int committed,
        Optional<IndexBuild> build,
        Set<Long> invalidBefore,
        boolean repaired,
        Optional<Failure> failure,
        boolean alive,
        int server) {

    /** The server's error. */
    public record Failure(String state, String message) {
        public Failure {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(message, "message");
        }
    }

    public ProgressNote {
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(failure, "failure");
        invalidBefore = Set.copyOf(invalidBefore);
        if (done < 0 || statements > 0 && done > statements) {
            throw new IllegalArgumentException(script + ": " + done + " of " + statements + " statements done");
        }
    }

    /** The progress: {@code 1 of its 3 statements is done}. */
    String progress() {
        String before = committed > 0 ? "What stands before line " + committed + " of it is committed. " : "";
        return before + statementsDone();
    }

    private String statementsDone() {
        if (statements == 0) {
            return done == 0
                    ? "None of its statements outside of a transaction is done"
                    : done + (done == 1 ? " statement" : " statements") + " outside of a transaction "
                            + (done == 1 ? "is done" : "are done");
        }
        return (done == 0 ? "None" : String.valueOf(done)) + " of its " + statements
                + (done > 1 ? " statements are done" : " statements is done");
    }

    /** The number of the statement that started last. */
    int last() {
        return Math.max(begun, done + 1);
    }

    /** Whether the server still executes it, for a run that goes on or for a dead one. */
    public boolean isExecuting() {
        return alive && failure.isEmpty();
    }

    /** Whether the statement that started last left that index. */
    public boolean left(InvalidIndex index) {
        return !invalidBefore.contains(index.oid())
                && build.filter(built -> built.leaves(index)).isPresent();
    }
}
