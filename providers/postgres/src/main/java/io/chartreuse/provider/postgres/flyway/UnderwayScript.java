package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.flyway.TopLevelStatements.Found;
import io.chartreuse.provider.postgres.remains.ProgressNote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of which so many statements are done, read once more.
 *
 * @param statements how many it has
 * @param sets       whether those that are done set something for the session
 * @param keeps      whether they left something in the session that died with it
 * @param next       the first that is not done
 * @param written    that one as the file has it, as far as it can be told; with its comments
 */
record UnderwayScript(int statements, boolean sets, boolean keeps, Optional<Found> next, String written) {

    /** Longer than any statement that is compared with what it made. */
    private static final int LONGEST = 64_000;

    private static final Pattern STATEMENT =
            Pattern.compile("(?:'(?:[^']|'')*+'|\"[^\"]*+\"|--[^\\n]*+|/\\*(?s:.*?)\\*/|[^;'\"])*+");

    /** @param script opens it, its placeholders replaced */
    static UnderwayScript of(Supplier<Reader> script, ProgressNote note) {
        Reading reading = new Reading(note.done());
        try (Reader in = script.get()) {
            TopLevelStatements.read(in, reading::add);
            Optional<Found> next = Optional.ofNullable(reading.next);
            String written = next.isPresent() ? written(script, next.get().line()) : "";
            return new UnderwayScript(
                    reading.count, reading.sets, reading.keeps || reading.sets && reading.undoes, next, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What starts in that line, to its semicolon. */
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
        private int count;
        private boolean sets;
        private boolean keeps;
        private boolean undoes;
        private Found next;

        private Reading(int done) {
            this.done = done;
        }

        private void add(Found found) {
            if (count < done) {
                StatementKind kind = StatementKind.of(found);
                sets |= kind == StatementKind.SETS;
                keeps |= kind == StatementKind.KEEPS;
                undoes |= kind == StatementKind.CONTROLS && !found.text().startsWith("BEGIN");
            } else if (count == done) {
                next = found;
            }
            count++;
        }
    }
}
