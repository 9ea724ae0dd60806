package io.chartreuse.provider.postgres.flyway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.PlaceholderReplacingReader;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.core.internal.util.BomStrippingReader;

/** Finds the lines where the statements of a file start: Flyway reports only the statement to its listeners. */
final class StatementLines {

    /** Statements that may keep a session from writing the note in the statement's own transaction. */
    private static final Pattern HINDERING = Pattern.compile(
            "\\b(SET|RESET)\\s+((SESSION|LOCAL)\\s+)?(ROLE|(SESSION\\s+)?AUTHORIZATION)\\b|\\bREAD\\s+ONLY\\b"
                    + "|\\bISOLATION\\s+LEVEL\\s+(REPEATABLE|SERIALIZABLE)\\b|\\bdefault_transaction_"
                    + "|\\bset_config\\s*\\(\\s*'(role|session_auth|transaction_)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern DISCARDING = Pattern.compile("\\bDISCARD\\s+ALL\\b", Pattern.CASE_INSENSITIVE);

    /** Longer than any such statement. */
    private static final int LONGEST = 20_000;

    private final FlywayParts parts;
    private final ScriptSet scripts;

    StatementLines(FlywayParts parts, ScriptSet scripts) {
        this.parts = parts;
        this.scripts = scripts;
    }

    /**
     * The properties of a file that are needed before its first statement runs.
     *
     * @param lines   counted from 1, in the order of the statements
     * @param notable whether the session that executes it stays able to note its progress
     * @param discards whether a statement returns the session to its original user
     */
    record Outline(List<Integer> lines, boolean notable, boolean discards) {
        Outline {
            lines = List.copyOf(lines);
        }
    }

    Outline of(Script script) {
        List<Integer> lines = new ArrayList<>();
        boolean notable = true;
        boolean discards = false;
        try (SqlStatementIterator statements = parsed(script).getSqlStatements()) {
            while (statements.hasNext()) {
                SqlStatement statement = statements.next();
                lines.add(statement.getLineNumber());
                notable &= !says(HINDERING, statement.getSql());
                discards |= says(DISCARDING, statement.getSql());
            }
        }
        return new Outline(lines, notable, discards);
    }

    private static boolean says(Pattern pattern, String sql) {
        return pattern.matcher(sql.substring(0, Math.min(sql.length(), LONGEST)))
                .find();
    }

    /** Executes a script. */
    @FunctionalInterface
    interface Run {
        void run() throws SQLException;
    }

    /**
     * Executes a script and compares each statement with the one that PostgreSQL sees in it.
     *
     * @param done how many statements were executed before
     */
    void checked(Script script, int done, RunListener listener, Run run) throws SQLException {
        try (Reader text = text(script)) {
            SplitCheck check = new SplitCheck(text, !namesTime(script));
            check.skip(done);
            listener.expect(check);
            run.run();
            check.end();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script.getAbsolutePath(), e);
        } finally {
            listener.expectNothing();
        }
    }

    /** With its placeholders replaced as Flyway does. */
    Reader text(Script script) {
        Reader text = new BomStrippingReader(new BufferedReader(script.read()));
        return script.options().placeholders().orElse(parts.configuration().isPlaceholderReplacement())
                ? PlaceholderReplacingReader.create(parts.configuration(), context(script), text)
                : text;
    }

    /**
     * Whether the script uses the placeholder for the time, which differs between Chartreuse's reading and Flyway's.
     */
    static boolean namesTime(Script script) throws IOException {
        try (Reader text = new BufferedReader(script.read())) {
            return Placeholders.names(Placeholders.TIMESTAMP, text);
        }
    }

    private ParsingContext context(Script script) {
        ParsingContext context = new ParsingContext();
        context.populate(parts.database(), parts.configuration());
        context.updateFilenamePlaceholder(
                new ResourceNameParser(parts.configuration()).parse(script.getFilename()), parts.configuration());
        return context;
    }

    /** As Flyway parses it to execute it. */
    SqlScript parsed(Script script) {
        ParsingContext context = context(script);
        return parts.database()
                .getDatabaseType()
                .createSqlScriptFactory(parts.configuration(), context)
                .createSqlScript(script, parts.configuration().isMixed(), scripts);
    }
}
