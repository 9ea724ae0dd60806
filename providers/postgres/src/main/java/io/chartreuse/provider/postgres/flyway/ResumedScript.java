package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.flyway.TopLevelStatements.Found;
import io.chartreuse.provider.postgres.leftover.ProgressNote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of which some statements are done, read once more.
 *
 * @param statements how many it has
 * @param setting    which of the done statements set something for the session
 * @param loses      whether they left something in the session that another session does not get
 * @param next       the first statement that is not done
 * @param written    that statement as the file has it, as far as it is known; with its comments
 */
record ResumedScript(int statements, List<Integer> setting, boolean loses, Optional<Found> next, String written) {

    /** Longer than any statement that is compared with its result. */
    private static final int LONGEST = 64_000;

    private static final Pattern STATEMENT =
            Pattern.compile("(?:'(?:[^']|'')*+'|\"[^\"]*+\"|--[^\\n]*+|/\\*(?s:.*?)\\*/|[^;'\"])*+");

    /**
     * Reads the script.
     *
     * @param script   opens it, its placeholders replaced
     * @param routines the code that it may call, by name
     */
    static ResumedScript of(Supplier<Reader> script, ProgressNote note, Supplier<Map<String, String>> routines) {
        Reading reading = new Reading(note.done(), new SessionState(routines));
        try (Reader in = script.get()) {
            TopLevelStatements.read(in, reading::add);
            Optional<Found> next = Optional.ofNullable(reading.next);
            String written = next.isPresent() ? written(script, next.get().line()) : "";
            return new ResumedScript(reading.count, reading.session.setting(), reading.session.isLost(), next, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statement that starts in that line, up to its semicolon. */
    private static String written(Supplier<Reader> script, int line) throws IOException {
        StringBuilder text = new StringBuilder();
        try (BufferedReader in = new BufferedReader(script.get())) {
            for (int at = 1; at < line; at++) {
                in.readLine();
            }
            for (int next = in.read(); next >= 0 && text.length() < LONGEST; next = in.read()) {
                text.append((char) next);
            }
        }
        Matcher statement = STATEMENT.matcher(text);
        return statement.lookingAt() ? statement.group() : "";
    }

    private static final class Reading {

        private final int done;
        private final SessionState session;
        private int count;
        private Found next;

        private Reading(int done, SessionState session) {
            this.done = done;
            this.session = session;
        }

        private void add(Found found) {
            count++;
            if (count <= done) {
                session.add(count, found);
            } else if (count == done + 1) {
                next = found;
            }
        }
    }
}
