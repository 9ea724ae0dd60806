package io.chartreuse.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateMaker;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Databases with a history of which nothing is on record. */
class MissingRecordTest {

    private static final Optional<State> NONE = Optional.empty();

    private static ObjectNode at(String revision) {
        return Json.object().put("revision", revision);
    }

    private static Resource ledger(ObjectNode observed, ObjectNode desired) {
        return Resource.migrate(Address.parse("postgres.database/ledger"), observed, desired, List.of(), "pending")
                .withFindings(List.of());
    }

    private static State stateOf(Resource resource) {
        return new StateMaker(
                        new Release("till", Optional.empty()),
                        "1.0.0",
                        "sha256:c",
                        new TreeMap<>(Map.of("postgres", "sha256:s")),
                        Optional.empty())
                .make(
                        List.of(new Inspection("postgres", List.of(resource), List.of(), List.of(), List.of())),
                        NONE,
                        Optional.empty(),
                        Instant.parse("2026-11-22T07:00:00Z"));
    }

    private static List<String> warned(Resource resource, Optional<State> last) {
        return MissingRecord.warned(List.of(resource), last).get(0).findings().stream()
                .map(finding -> finding.code().code())
                .toList();
    }

    @Test
    void aDatabaseThatWasMigratedBeforeHasNoRecord() {
        assertEquals(List.of("drift.no-record"), warned(ledger(at("41"), at("42")), NONE));
        ObjectNode repeated = at(null);
        repeated.putObject("repeatables").put("views", "7");
        assertEquals(List.of("drift.no-record"), warned(ledger(repeated, at("42")), NONE));
    }

    @Test
    void aNewDatabaseAndOneWithNothingPendingAreNotWarnedOf() {
        ObjectNode bare = at(null);
        bare.putObject("repeatables");
        assertEquals(List.of(), warned(ledger(at(null), at("42")), NONE));
        assertEquals(List.of(), warned(ledger(bare, at("42")), NONE));
        assertEquals(List.of(), warned(ledger(at("42"), at("42")), NONE));
    }

    @Test
    void theRecordHasToBeOfThatDatabase() {
        Resource ledger = ledger(at("41"), at("42"));
        Resource other =
                Resource.migrate(Address.parse("postgres.database/stock"), at("7"), at("7"), List.of(), "none");
        assertEquals(List.of(), warned(ledger, Optional.of(stateOf(ledger))));
        assertEquals(List.of("drift.no-record"), warned(ledger, Optional.of(stateOf(other))));
    }

    @Test
    void aPlanThatDoesNotSayItIsJudgedAsIfItDid() {
        Resource ledger = ledger(at("41"), at("42"));
        List<Change> silent = Differ.diff(List.of(ledger), Intent.MIGRATE);
        List<Change> honest = Differ.diff(MissingRecord.warned(List.of(ledger), NONE), Intent.MIGRATE);
        assertEquals(1, codes(MissingRecord.said(silent, NONE)).size());
        assertEquals(1, codes(MissingRecord.said(honest, NONE)).size());
        assertEquals(List.of(), codes(MissingRecord.said(silent, Optional.of(stateOf(ledger)))));
    }

    private static List<String> codes(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> change.findings().stream())
                .map(Diagnostic::code)
                .map(code -> code.code())
                .toList();
    }
}
