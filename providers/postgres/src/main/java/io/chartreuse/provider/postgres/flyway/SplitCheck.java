package io.chartreuse.provider.postgres.flyway;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/**
 * Compares each statement that Flyway executes, before it runs, with the statement that PostgreSQL sees in the script.
 * Policy rules and reviewers were shown the script as PostgreSQL reads it. Flyway drops comments, so where it mistakes
 * other text for one, another statement would run. For one script.
 */
final class SplitCheck {

    private final StatementShapes script;
    private final boolean literals;
    private int position;

    /** Does not compare the content of literals. @param script with its placeholders replaced */
    SplitCheck(Reader script) {
        this(script, false);
    }

    /**
     * @param script   with its placeholders replaced
     * @param literals whether to compare the content of literals, which then is the same each time
     */
    SplitCheck(Reader script, boolean literals) {
        this.literals = literals;
        this.script = new StatementShapes(script, literals);
    }

    /** Skips the statements that were executed before. */
    void skip(int statements) {
        for (int i = 0; i < statements; i++) {
            next();
        }
    }

    /** Checks the next statement. @throws FlywayException where the script has another one there */
    void executes(String sql) {
        StatementShapes executed = new StatementShapes(new StringReader(sql), literals);
        Optional<Long> expected = next();
        boolean same = one(executed).equals(expected) && one(executed).isEmpty() && !executed.isOpen();
        if (expected.isEmpty() || !same) {
            throw differs("statement " + position);
        }
    }

    /** Flyway has executed all its statements. */
    void end() {
        if (next().isPresent()) {
            throw differs("what follows statement " + (position - 1));
        }
    }

    private Optional<Long> next() {
        position++;
        return one(script);
    }

    private static Optional<Long> one(StatementShapes shapes) {
        try {
            return shapes.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FlywayException differs(String what) {
        return new FlywayException("Flyway would execute " + what + " otherwise than PostgreSQL reads it in the file;"
                + " look there for quotes and comments within each other, and write them apart");
    }
}
