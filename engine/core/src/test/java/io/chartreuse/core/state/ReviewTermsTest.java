package io.chartreuse.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.json.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReviewTermsTest {

    private static final ReviewTerms TERMS = terms(
            2,
            Map.of("sha256:a", "ada", "sha256:b", "bob"),
            Map.of(
                    "no-drop",
                    new ReviewTerms.Rule(true, "sha256:1"),
                    "night",
                    new ReviewTerms.Rule(false, "sha256:2")));

    private static ReviewTerms terms(int required, Map<String, String> keys, Map<String, ReviewTerms.Rule> rules) {
        return new ReviewTerms(required, new TreeMap<>(keys), new TreeMap<>(rules));
    }

    @Test
    void theSameAndStricterTermsAreNoLoosening() {
        ReviewTerms stricter = terms(
                3,
                Map.of("sha256:a", "ada"),
                Map.of(
                        "no-drop", new ReviewTerms.Rule(true, "sha256:1"),
                        "night", new ReviewTerms.Rule(true, "sha256:2"),
                        "new", new ReviewTerms.Rule(true, "sha256:3")));

        assertEquals(List.of(), TERMS.loosened(TERMS));
        assertEquals(List.of(), TERMS.loosened(stricter));
    }

    @Test
    void whateverIsLoosenedIsSaid() {
        ReviewTerms looser =
                terms(1, Map.of("sha256:e", "eve"), Map.of("no-drop", new ReviewTerms.Rule(false, "sha256:1")));

        assertEquals(
                List.of(
                        "a plan needed 2 approvals, now it needs 1 approval",
                        "key eve (sha256:e) may approve and could not",
                        "rule night is gone, which warned",
                        "rule no-drop denied, now it warns"),
                TERMS.loosened(looser));
    }

    @Test
    void aRuleWhoseFileWasChangedIsSaid() {
        assertEquals(
                List.of("the file of rule no-drop was changed"),
                TERMS.loosened(terms(
                        2,
                        TERMS.keys(),
                        Map.of(
                                "no-drop", new ReviewTerms.Rule(true, "sha256:9"),
                                "night", new ReviewTerms.Rule(false, "sha256:2")))));
    }

    @Test
    void theyAreReadAsTheyWereWritten() {
        assertEquals(TERMS, ReviewTerms.read(Fields.of(TERMS.document())));
    }
}
