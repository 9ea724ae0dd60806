package io.chartreuse.provider.postgres.flyway;

import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;

/** Where the statements of a file start: Flyway tells its listeners the statement only. */
final class StatementLines {

    private final FlywayParts parts;
    private final ScriptSet scripts;

    StatementLines(FlywayParts parts, ScriptSet scripts) {
        this.parts = parts;
        this.scripts = scripts;
    }

    /** Counted from 1, in the order of the statements; none for what is no file of SQL. */
    List<Integer> of(String file) {
        return scripts.at(file).map(this::lines).orElse(List.of());
    }

    private List<Integer> lines(Script script) {
        ParsingContext context = new ParsingContext();
        context.populate(parts.database(), parts.configuration());
        context.updateFilenamePlaceholder(
                new ResourceNameParser(parts.configuration()).parse(script.getFilename()), parts.configuration());
        SqlScript sql = parts.database()
                .getDatabaseType()
                .createSqlScriptFactory(parts.configuration(), context)
                .createSqlScript(script, parts.configuration().isMixed(), scripts);
        List<Integer> lines = new ArrayList<>();
        try (SqlStatementIterator statements = sql.getSqlStatements()) {
            statements.forEachRemaining(statement -> lines.add(statement.getLineNumber()));
        }
        return lines;
    }
}
