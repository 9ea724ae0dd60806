package io.chartreuse.core.policy;

import io.chartreuse.spi.sql.Unended;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * SQL as rules see it: one text a statement, in a form that does not depend on how its author wrote it. Comments and the
 * content of literals are gone, what PostgreSQL folds is in lower case, names are written as the server keeps them, every gap is
 * one space. What stands in dollar quotes, in a {@code DO} or a function is code: it is kept, its literals too, because
 * {@code EXECUTE} takes its SQL from there.
 *
 * @param texts   in their order
 * @param dynamic whether they execute SQL that cannot be read from the text: {@code EXECUTE} of anything but a literal, a body in
 *                another language or with escapes
 * @param unread  what keeps it from being read as the server reads it, for people; empty where nothing does
 */
public record SqlStatements(List<String> texts, boolean dynamic, Optional<String> unread) {

    public SqlStatements {
        texts = List.copyOf(texts);
        Objects.requireNonNull(unread, "unread");
    }

    /** The statements of this text, in their order. */
    public static List<String> of(String sql) {
        return read(sql).texts();
    }

    /** Reads this text. */
    static SqlStatements read(String sql) {
        return StatementReading.of(sql);
    }

    static String open(Unended open) {
        return "the " + open.what() + " begun in line " + open.line() + " never ends";
    }

    /** Whether these are all statements that are executed. */
    boolean isComplete() {
        return !dynamic && unread.isEmpty();
    }
}
