package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileProblemsTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void aMissingDirectoryIsNamed() {
        database.migrations().putArray("locations").add("elsewhere");
        Diagnostic finding = found("postgres.missing-location");

        assertTrue(
                finding.summary()
                        .contains(database.directory.resolve("elsewhere").toString()),
                finding.summary());
        assertEquals(64, finding.code().type().exitCode());
    }

    @Test
    void aDirectoryWithoutMigrationsIsNamed() {
        assertTrue(found("postgres.no-migrations").summary().contains(database.directory.toString()));
    }

    @Test
    void twoMigrationsOfOneVersionAreNamed() {
        database.script("V1__a.sql", "SELECT 1;").script("sub/V01.0__b.sql", "SELECT 1;");
        String summary = found("postgres.duplicate-migration").summary();

        assertTrue(summary.contains("V1__a.sql") && summary.contains("V01.0__b.sql"), summary);
    }

    @Test
    void placeholdersWithoutAValueAreFoundWithTheirLine() {
        database.tables(1)
                .script("V2__grant.sql", "SELECT 1;\n-- to ${tenant}\nSELECT '${region}', '${Known}';")
                .script("R__view.sql", "SELECT '${other}';");
        database.migrations().putObject("placeholders").put("known", "yes");
        List<Diagnostic> findings = database.remove("R__view.sql").refresh().findings();

        assertEquals(List.of("postgres.missing-placeholder", "postgres.missing-placeholder"), Findings.codes(findings));
        assertEquals(2, findings.get(0).location().orElseThrow().line());
    }

    @Test
    void placeholdersOfRepeatablesAreFoundToo() {
        database.tables(1).apply();
        Resource resource = database.script("R__view.sql", "SELECT '${other}';").refresh();

        Findings.only("postgres.missing-placeholder", resource.findings());
        assertEquals("{\"revision\":\"1\"}", resource.observed().toString());
    }

    @Test
    void placeholdersStayWhereTheyAreNotReplaced() {
        database.script("V1__literal.sql", "SELECT '${literal}';")
                .script("V1__literal.sql.conf", "placeholderReplacement=false\n");

        assertEquals(List.of(), database.refresh().findings());
    }

    @Test
    void aRepeatableThatIsAnotherOneEachTimeIsRefused() {
        database.script("R__now.sql", "SELECT '${flyway:timestamp}';");

        found("postgres.unstable-repeatable");
    }

    @Test
    void mixedStatementsAreFoundAtPlanTime() {
        database.script("V1__mixed.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);");

        found("postgres.unreadable-migration");
    }

    @Test
    void anotherEncodingIsFound() throws IOException {
        Files.write(
                database.directory.resolve("migrations/V1__latin.sql"),
                "SELECT 'é';".getBytes(StandardCharsets.ISO_8859_1));
        found("postgres.unreadable-migration");
        database.script("V1__latin.sql.conf", "encoding=ISO-8859-1\n");

        assertEquals(List.of(), database.refresh().findings());
    }

    @Test
    void nothingButMigrationsInAHiddenDirectoryIsLeftOut() {
        database.tables(1).script("..data/V1__table_1.sql", "CREATE TABLE t1 (id int);");

        assertEquals(List.of(), database.refresh().findings());
    }

    private Diagnostic found(String code) {
        return Findings.only(code, database.refresh().findings());
    }
}
