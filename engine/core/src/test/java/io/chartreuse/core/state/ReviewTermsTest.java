package io.chartreuse.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.json.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return new ReviewTerms(required, new TreeMap<>(keys), new TreeMap<>(rules), Optional.empty());
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

    private static ReviewTerms recording(long runs, Optional<Long> hours, Map<String, String> signers, String sink) {
        return new ReviewTerms(
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.of(new RecordTerms(
                        Optional.of(runs),
                        hours,
                        new TreeMap<>(signers),
                        Optional.of(sink).filter(any -> !any.isEmpty()))));
    }

    @Test
    void lessThatIsAskedOfTheRecordIsSaid() {
        ReviewTerms then = recording(100, Optional.of(48L), Map.of("sha256:r", "runner"), "sha256:s");

        assertEquals(List.of(), then.loosened(then));
        assertEquals(
                List.of(), then.loosened(recording(200, Optional.empty(), Map.of("sha256:r", "runner"), "sha256:s")));
        assertEquals(
                List.of(
                        "retention kept 100 runs, now it keeps 1",
                        "retention kept runs for 2 days, now for 25 hours",
                        "runs were signed (audit.signing), now they are not",
                        "runs were exported (audit.sink), now they are not"),
                then.loosened(recording(1, Optional.of(25L), Map.of(), "")));
        assertEquals(
                List.of(
                        "key eve (sha256:e) may sign runs and could not",
                        "audit.sink, where runs are exported to, was changed"),
                then.loosened(recording(100, Optional.of(48L), Map.of("sha256:e", "eve"), "sha256:t")));
    }

    @Test
    void aStateThatDoesNotSayWhatWasAskedOfTheRecordProvesNothing() {
        assertEquals(List.of(), terms(0, Map.of(), Map.of()).loosened(recording(1, Optional.of(1L), Map.of(), "")));
    }

    @Test
    void theyAreReadAsTheyWereWritten() {
        ReviewTerms recording = recording(100, Optional.empty(), Map.of("sha256:r", "runner"), "sha256:s");
        assertEquals(recording, ReviewTerms.read(Fields.of(recording.document())));
        assertEquals(TERMS, ReviewTerms.read(Fields.of(TERMS.document())));
    }
}
