package io.chartreuse.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person reads of a rule that is broken. */
class ViolationReasonsTest {

    private static final String MIGRATION = """
            {"migration": {"script": "V4__clean.sql", "transactional": false, "sqlComplete": true, "statements": [
               "create table kept (id int)",
               "drop table   orders cascade",
               "alter table items %s drop column price"]},
             "change": {"actions": ["migrate"], "migrations": [{}, {}, {}]},
             "plan": {"strategy": "after", "summary": {"stop": 4}},
             "context": {"approvals": 0}}
            """.formatted("x ".repeat(200));

    private static List<String> reasons(String schema) {
        try {
            JsonNode rule = Json.read(schema);
            ObjectNode document = (ObjectNode) Json.read(MIGRATION);
            return new ViolationReasons(
                            new JudgedItem(document, () -> document, Optional.empty(), Optional.of("V4__clean.sql")))
                    .of(new RuleSchemas().compiled(rule).validate(document));
        } catch (IOException | RuleSchema.Undecided e) {
            throw new AssertionError(e);
        }
    }

    private static String of(String name, String schema) {
        return "{\"properties\": {\"" + name + "\": " + schema + "}}";
    }

    @Test
    void aForbiddenStatementIsQuotedAndTheRuleIsNot() {
        List<String> said = reasons(of(
                "migration",
                of("statements", "{\"items\": {\"not\": {\"pattern\": \"\\\\bdrop (table|column)\\\\b\"}}}")));

        assertEquals("statement 2 is what the rule forbids: drop table orders cascade", said.get(0));
        assertTrue(said.get(1).startsWith("statement 3 is what the rule forbids: alter table items x"), said.get(1));
        assertTrue(said.get(1).endsWith("…") && said.get(1).length() < 220, said.get(1));
        assertFalse(said.toString().contains("pattern") || said.toString().contains("\\b"), said.toString());
    }

    @Test
    void alternativesOfWhichNoneHoldsAreOneSentence() {
        String schema = "{\"anyOf\": [%s, %s]}"
                .formatted(
                        of("context", of("approvals", "{\"minimum\": 1}")),
                        of("migration", of("statements", "{\"items\": {\"not\": {\"pattern\": \"drop table\"}}}")));

        assertEquals(
                List.of(
                        "none of these holds: `context.approvals` is 0, and has to be 1 at least; or statement 2 is what the"
                                + " rule forbids: drop table orders cascade"),
                reasons(schema));
    }

    @Test
    void limitsAndWordsAreSaidWithTheValueThatIsThere() {
        assertEquals(
                List.of("`plan.summary.stop` is 4, and has to be 3 at most"),
                reasons(of("plan", of("summary", of("stop", "{\"maximum\": 3}")))));
        assertEquals(
                List.of("`change.migrations` has 3 elements, and may have 2 at most"),
                reasons(of("change", of("migrations", "{\"maxItems\": 2}"))));
        assertEquals(
                List.of("`migration.transactional` is false, and has to be true"),
                reasons(of("migration", of("transactional", "{\"const\": true}"))));
        assertEquals(
                List.of("`plan.strategy` is `after`, and has to be one of [\"before\"]"),
                reasons(of("plan", of("strategy", "{\"enum\": [\"before\"]}"))));
        assertEquals(
                List.of("`migration` has no `description`"),
                reasons(of("migration", "{\"required\": [\"description\"]}")));
    }

    @Test
    void whatIsForbiddenAsAWholeIsNotPrinted() {
        List<String> said = reasons("{\"not\": %s}".formatted(of("plan", of("strategy", "{\"const\": \"after\"}"))));

        assertEquals(List.of("the migration is what the rule forbids"), said);
    }

    @Test
    void aConditionThatHoldsIsJudgedByWhatFollowsFromIt() {
        String schema = "{\"if\": %s, \"then\": %s}"
                .formatted(
                        of("plan", of("strategy", "{\"const\": \"after\"}")),
                        of("migration", of("transactional", "{\"const\": true}")));

        assertEquals(List.of("`migration.transactional` is false, and has to be true"), reasons(schema));
    }
}
