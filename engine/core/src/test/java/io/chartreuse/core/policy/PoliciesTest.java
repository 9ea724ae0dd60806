package io.chartreuse.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Actor;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {

    private static final String RULE = "{\"id\": \"r\", \"severity\": \"deny\", \"message\": \"no\", \"schema\": %s}";

    @TempDir
    Path directory;

    @Test
    void allProblemsOfAllFilesAreToldAtOnceWithTheirPlaces() throws IOException {
        Path first = write("a.json", """
                {
                \t"timeZone": "Mars/Base",
                  "rules": [
                    {"id": "One", "severity": "deny", "message": "no", "schema": {"requierd": ["x"]}},
                    {"severity": "error", "message": "no", "schema": {"properties": {"plan": {"maximun": 3}}}}
                  ],
                  "rule": []
                }
                """);
        Path second = write("b.json", "{\"rules\": [");
        Path third = write("c.yaml", "");

        List<String> problems = problems(first, second, third, directory.resolve("missing.json"));

        assertEquals(
                List.of(
                        "policy.malformed a.json:2 /timeZone",
                        "policy.malformed a.json:4 /rules/0/id",
                        "policy.malformed a.json:4 /rules/0/schema/requierd",
                        "policy.malformed a.json:5 /rules/1",
                        "policy.malformed a.json:5 /rules/1/schema/properties/plan/maximun",
                        "policy.malformed a.json:5 /rules/1/severity",
                        "policy.malformed a.json:7 /rule",
                        "policy.malformed b.json:1 ",
                        "policy.malformed c.yaml:0 ",
                        "policy.unreadable missing.json:0 "),
                problems.stream().sorted().toList());
    }

    @Test
    void aRuleWhoseSchemaCannotWorkIsRefused() throws IOException {
        Path pattern =
                write("pattern.json", rules(RULE.formatted("{\"properties\": {\"plan\": {\"pattern\": \"(\"}}}")));
        Path elsewhere =
                write("elsewhere.json", rules(RULE.formatted("{\"$ref\": \"https://example.com/rule.json\"}")));
        Path nowhere = write("nowhere.json", rules(RULE.formatted("{\"$ref\": \"#/$defs/none\"}")));

        assertEquals(
                List.of(
                        "policy.malformed elsewhere.json:1 /rules/0/schema",
                        "policy.malformed nowhere.json:1 /rules/0/schema",
                        "policy.malformed pattern.json:1 /rules/0/schema"),
                problems(pattern, elsewhere, nowhere).stream().sorted().toList());
    }

    @Test
    void aRuleAboutWhatItsDocumentDoesNotHaveIsRefused() throws IOException {
        Path plain = write("plain.json", rules(RULE.formatted("{\"properties\": {\"sql\": {\"pattern\": \"x\"}}}")));
        Path nested = write(
                "nested.json",
                rules(RULE.formatted("{\"anyOf\": [{\"if\": {\"properties\": {\"migration\": {}, \"plan\": {}}}}]}")));

        assertEquals(
                List.of(
                        "policy.malformed nested.json:1 /rules/0/schema/anyOf/0/if/properties/migration",
                        "policy.malformed plain.json:1 /rules/0/schema/properties/sql"),
                problems(plain, nested).stream().sorted().toList());
    }

    @Test
    void noTwoRulesHaveOneId() throws IOException {
        Path one = write("one.json", rules(RULE.formatted("{}")));
        Path other = write("other.json", rules(RULE.formatted("{}")));

        assertEquals(List.of("policy.malformed other.json:1 /rules/0"), problems(one, other));
    }

    @Test
    void whatOneChangeDoesWrongInThePlanAsAWholeIsToldWithItsAddress() throws IOException {
        Path file = write("file.yaml", """
                rules:
                  - id: no-web
                    severity: warn
                    message: leave web alone
                    schema: {properties: {plan: {properties: {changes: {items: {properties: {address: {not: {pattern: /web}}}}}}}}}
                """);
        Plan plan = ReadyRulesTest.plan(Strategy.AFTER, 1, ReadyRulesTest.migration("V6.sql", "SELECT 1", true));

        List<RuleViolation> violations = Policies.read(List.of(file)).judge(plan, occasion());

        assertEquals(1, violations.size());
        assertEquals(
                Optional.of(Address.parse("kubernetes.deployment/web-0")),
                violations.get(0).address());
        assertEquals(2, violations.get(0).place().line());
    }

    @Test
    void aDeniedPlanIsRefusedAndNotAFaultOfTheUser() throws IOException {
        Path file = write("file.json", rules(RULE.formatted("{\"required\": [\"never\"]}")));
        Plan plan = ReadyRulesTest.plan(Strategy.AFTER, 0, ReadyRulesTest.migration("V6.sql", "SELECT 1", true));

        Diagnostic told =
                Policies.read(List.of(file)).judge(plan, occasion()).get(0).diagnostic();

        assertTrue(told.isError());
        assertEquals(ErrorType.REFUSED, told.code().type());
        assertEquals("policy r: no", told.summary());
    }

    private static final String NO_DROP = """
            rules:
              - id: no-drop
                severity: deny
                message: it drops a table
                each: migration
                schema:
                  properties:
                    migration:
                      properties:
                        statements: {items: {not: {pattern: drop table}}}
              - id: whole
                severity: warn
                message: its SQL is not all told
                each: migration
                schema: {properties: {migration: {properties: {sqlComplete: {const: true}}}}}
            """;

    private List<String> judged(Migration migration) throws IOException {
        Path file = write("drop.yaml", NO_DROP);
        Plan plan = ReadyRulesTest.plan(Strategy.AFTER, 0, migration);
        return Policies.read(List.of(file)).judge(plan, occasion()).stream()
                .map(violation -> violation.rule() + ": " + violation.message())
                .toList();
    }

    @Test
    void sqlThatIsTooLargeForThePlanIsJudgedPieceByPiece() throws IOException {
        Migration large = ReadyRulesTest.migration("V6.sql", "", true).withLargeSql(LargeSql.of(pieces -> {
            for (int i = 0; i < 50; i++) {
                pieces.statements("INSERT INTO orders VALUES (" + i + ");\n".repeat(100));
            }
            pieces.statements("COPY notes FROM stdin;\n");
            pieces.rows("drop table in a row\n\\.\n");
            pieces.statements("DROP TABLE orders; DROP TABLE carts;");
            pieces.statements("DROP TABLE notes;");
        }));

        assertEquals(List.of("no-drop: V6.sql: it drops a table"), judged(large));
    }

    @Test
    void sqlThatOnlyTheDigestIsKnownOfIsNotAllTold() throws IOException {
        Migration large = ReadyRulesTest.migration("V6.sql", "", true)
                .withLargeSql(LargeSql.named(Sha256.of("DROP TABLE orders;"), 18));

        assertEquals(List.of("whole: V6.sql: its SQL is not all told"), judged(large));
    }

    @Test
    void sqlThatCannotBeReadFromTheTextIsNotAllTold() throws IOException {
        Migration dynamic =
                ReadyRulesTest.migration("V6.sql", "DO $$ BEGIN EXECUTE 'drop ' || 'table orders'; END $$;", true);

        assertEquals(List.of("whole: V6.sql: its SQL is not all told"), judged(dynamic));
    }

    @Test
    void sqlIsJudgedAsItRunsAndShownWithoutItsSecrets() throws IOException {
        UnaryOperator<String> redact =
                text -> text.replace("drop table", "(secret)").replace("Hush-77", "(secret)");
        Migration running =
                ReadyRulesTest.migration("V6.sql", "DO $$ BEGIN drop table a; PERFORM 'Hush-77'; END $$", true);
        Migration told = running.withSql(redact.apply(running.sql().orElseThrow()));
        Plan plan = ReadyRulesTest.plan(Strategy.AFTER, 0, told);
        Policies policies = Policies.read(List.of(write("drop.yaml", NO_DROP)));

        List<RuleViolation> violations =
                policies.judge(plan.withRunningSql(ReadyRulesTest.resources(0, running)), occasion(), redact);

        assertEquals(
                List.of("no-drop"), violations.stream().map(RuleViolation::rule).toList());
        assertEquals(
                List.of("statement 1 is what the rule forbids: do $$ begin (secret) a; perform '(secret)'; end $$"),
                violations.get(0).details());
        assertEquals(
                List.of("whole"),
                policies.judge(plan, occasion()).stream()
                        .map(RuleViolation::rule)
                        .toList(),
                "what is masked is not known");
    }

    @Test
    void sqlThatCannotBeReadIsDeniedWhereARuleAsksForSql() throws IOException {
        Migration open = ReadyRulesTest.migration("V6.sql", "SELECT $x$; INSERT INTO t VALUES (1)", true);
        Plan plan = ReadyRulesTest.plan(Strategy.AFTER, 0, open);
        Path drop = write("drop.yaml", NO_DROP);
        Path strategy = write(
                "strategy.json", rules(RULE.formatted("{\"properties\": {\"plan\": {\"required\": [\"strategy\"]}}}")));

        Diagnostic denied =
                Policies.read(List.of(drop)).judge(plan, occasion()).get(0).diagnostic();

        assertEquals("policy.unreadable-sql", denied.code().code());
        assertTrue(denied.summary().contains("the dollar quote ($x$) begun in line 1 never ends"), denied.summary());
        assertTrue(denied.isError());
        assertEquals(List.of(), Policies.read(List.of(strategy)).judge(plan, occasion()));
    }

    @Test
    void aPatternThatTakesTooLongCountsAsBroken() throws IOException {
        Path file = write("slow.yaml", """
                rules:
                  - id: slow
                    severity: deny
                    message: no a
                    each: migration
                    schema: {properties: {migration: {properties: {statements: {items: {not: {pattern: "^select (.*a){30}x"}}}}}}}
                  - id: deep
                    severity: deny
                    message: no b
                    each: migration
                    schema: {properties: {migration: {properties: {statements: {items: {not: {pattern: "(b|.|x)*zzz"}}}}}}}
                """);
        Plan plan = ReadyRulesTest.plan(
                Strategy.AFTER,
                0,
                ReadyRulesTest.migration(
                        "V6.sql",
                        "SELECT " + "a".repeat(60) + "!; SELECT '" + "b".repeat(9) + "'; DO 'x " + "b ".repeat(50_000)
                                + "'",
                        true));

        List<RuleViolation> violations = Policies.read(List.of(file)).judge(plan, occasion());

        assertEquals(
                List.of("slow", "deep"),
                violations.stream().map(RuleViolation::rule).toList());
        assertTrue(
                violations.get(0).details().get(0).startsWith("the rule cannot be decided, so it counts as broken:"),
                violations.toString());
    }

    @Test
    void aRuleThatRefersToItselfWithoutEndIsRefused() throws IOException {
        Path self = write("self.json", rules(RULE.formatted("{\"allOf\": [{\"$ref\": \"#\"}]}")));

        assertEquals(List.of("policy.malformed self.json:1 /rules/0/schema"), problems(self));
    }

    @Test
    void whatDoesNothingIsNotJudged() throws IOException {
        Path file = write("file.json", rules(RULE.formatted("{\"required\": [\"never\"]}")));

        assertEquals(List.of(), Policies.read(List.of(file)).judge(ReadyRulesTest.plan(Strategy.AFTER, 0), occasion()));
    }

    private static PlanCircumstances occasion() {
        return new PlanCircumstances(CheckTime.PLAN, Instant.EPOCH, new Actor("ada", "laptop", 7), 0);
    }

    private static String rules(String rule) {
        return "{\"rules\": [" + rule + "]}";
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private List<String> problems(Path... files) {
        ChartreuseException e = assertThrows(ChartreuseException.class, () -> Policies.read(List.of(files)));
        assertEquals(ErrorType.USER, e.type());
        return e.diagnostics().stream()
                .map(problem -> problem.code().code() + " "
                        + Path.of(problem.location().orElseThrow().file()).getFileName() + ":"
                        + problem.location().orElseThrow().line() + " "
                        + problem.location().orElseThrow().path())
                .toList();
    }
}
