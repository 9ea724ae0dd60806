package io.chartreuse.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateMaker;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.text.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Address MAIN = new Address("memory.database", "main");
    private static final Address WEB = new Address("memory.workload", "web");
    private static final SortedMap<String, String> SECTIONS = new TreeMap<>(Map.of("memory", Sha256.of("section")));

    private static Resource database(String identity, ObjectNode observed) {
        return Resource.migrate(MAIN, observed, observed, List.of(), "up to date")
                .withFingerprint(Map.of("system", identity), Map.of("history", "1"));
    }

    private static ObjectNode revision(String revision) {
        return Json.object().put("revision", revision);
    }

    private static Resource workload(int replicas, int wanted) {
        return Resource.quiesce(WEB, 0, replicas(replicas), replicas(wanted), replicas(0), "priority 0")
                .withFingerprint(Map.of("uid", "1"), Map.of());
    }

    private static ObjectNode replicas(int replicas) {
        return Json.object().put("replicas", replicas);
    }

    private static Inspection found(Map<String, String> parts, Resource... resources) {
        return new Inspection(
                "memory",
                List.of(resources),
                List.of(new Snapshot(MAIN, new TreeMap<>(parts), Json.object())),
                List.of(),
                List.of());
    }

    private static Inspection found(Resource... resources) {
        return new Inspection("memory", List.of(resources), List.of(), List.of(), List.of());
    }

    private static State state(Inspection found) {
        return new StateMaker(
                        new Release("shop", Optional.empty()),
                        "1.0.0",
                        Sha256.of("configuration"),
                        SECTIONS,
                        Optional.empty())
                .make(List.of(found), Optional.empty(), Optional.of("run-1"), Instant.parse("2026-11-22T07:00:00Z"));
    }

    private static List<String> drift(Inspection before, Inspection after) {
        return drift(before, after, SECTIONS);
    }

    private static List<String> drift(Inspection before, Inspection after, SortedMap<String, String> sections) {
        return Drift.since(state(before), sections, UnrecordedRuns.NONE, List.of(after)).stream()
                .map(one -> (one.address().name() + " " + one.kind().word() + " " + one.described()).strip())
                .toList();
    }

    @Test
    void whereNothingMovedThereIsNone() {
        Inspection found = found(Map.of("table public.orders", "1"), database("1", revision("5")), workload(3, 3));
        assertEquals(List.of(), drift(found, found));
    }

    @Test
    void aRevisionThatWasChangedByHandIsTold() {
        assertEquals(
                List.of("main moved revision was 5, is 7"),
                drift(found(database("1", revision("5"))), found(database("1", revision("7")))));
        assertEquals(
                List.of("main moved revision was null, is 7"),
                drift(found(database("1", revision(null))), found(database("1", revision("7")))));
    }

    @Test
    void whatIsStateAndPartIsToldOnce() {
        assertEquals(
                List.of("main moved revision was 5, is 7", "main changed table public.t"),
                drift(
                        found(
                                Map.of("revision", "5", "table public.t", "2067232c36da5f5f41d3ef01cabe30de"),
                                database("1", revision("5"))),
                        found(
                                Map.of("revision", "7", "table public.t", "a9020f6edf3b08fd9a6b0fd0dcc34abe"),
                                database("1", revision("7")))));
    }

    @Test
    void whatANewReleaseHasToTellOfTheSameDatabaseIsNone() {
        ObjectNode more = revision("5");
        more.putObject("repeatables");
        more.putArray("skipped").add("3");
        assertEquals(List.of(), drift(found(database("1", revision("5"))), found(database("1", more))));
        assertEquals(List.of(), drift(found(database("1", more)), found(database("1", revision("5")))));
    }

    private static Inspection detailed(String digest, Map<String, String> details) {
        SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
        if (!details.isEmpty()) {
            all.put("table public.orders", new TreeMap<>(details));
        }
        Snapshot snapshot =
                new Snapshot(MAIN, new TreeMap<>(Map.of("table public.orders", digest)), all, Json.object());
        return new Inspection("memory", List.of(database("1", revision("5"))), List.of(snapshot), List.of(), List.of());
    }

    @Test
    void whatOfAPartHasChangedIsToldByName() {
        assertEquals(
                List.of("main changed table public.orders: column note is new; column old is gone; column state has"
                        + " another default; column total is numeric(12,2) not null instead of integer"),
                drift(
                        detailed(
                                "2067232c36da5f5f41d3ef01cabe30de",
                                Map.of(
                                        "column total", "integer",
                                        "column old", "text",
                                        "column state", "text default #0a1b2c3d",
                                        "owner", "app")),
                        detailed(
                                "a9020f6edf3b08fd9a6b0fd0dcc34abe",
                                Map.of(
                                        "column total", "numeric(12,2) not null",
                                        "column note", "text",
                                        "column state", "text default #ffffffff",
                                        "owner", "app"))));
    }

    @Test
    void aStateThatWasRecordedWithoutDetailsIsComparedByItsParts() {
        Inspection old = detailed("2067232c36da5f5f41d3ef01cabe30de", Map.of());
        Map<String, String> details = Map.of("column total", "integer");
        assertEquals(List.of(), drift(old, detailed("2067232c36da5f5f41d3ef01cabe30de", details)));
        assertEquals(
                List.of("main changed table public.orders"),
                drift(old, detailed("a9020f6edf3b08fd9a6b0fd0dcc34abe", details)));
    }

    @Test
    void detailsAloneAreNoDrift() {
        String digest = "2067232c36da5f5f41d3ef01cabe30de";
        assertEquals(
                List.of(),
                drift(
                        detailed(digest, Map.of("column total", "integer")),
                        detailed(digest, Map.of("column total", "int"))));
    }

    @Test
    void anInvalidPartThatWasClearedAwayIsNone() {
        Inspection without = found(Map.of(), database("1", revision("5")));
        assertEquals(List.of(), drift(detailed("1", Map.of("definition", "invalid definition #1a2b3c4d")), without));
        assertEquals(
                List.of("main removed table public.orders"),
                drift(detailed("1", Map.of("definition", "valid definition #1a2b3c4d")), without));
        assertEquals(
                List.of("main removed table public.orders"),
                drift(detailed("1", Map.of("owner", "invalid one")), without));
    }

    @Test
    void anInvalidPartThatChangedOrAppearedIsTold() {
        Inspection invalid = detailed("1", Map.of("definition", "invalid definition #1a2b3c4d"));
        Inspection valid = detailed("2", Map.of("definition", "valid definition #1a2b3c4d"));
        assertEquals(
                List.of(
                        "main changed table public.orders: definition is valid definition instead of invalid definition"),
                drift(invalid, valid));
        assertEquals(
                List.of("main added table public.orders"),
                drift(found(Map.of(), database("1", revision("5"))), invalid));
    }

    @Test
    void whatTheReleaseWantsHasNoPartInIt() {
        Resource pending = Resource.migrate(MAIN, revision("5"), revision("9"), List.of(), "4 migrations are pending")
                .withFingerprint(Map.of("system", "1"), Map.of("history", "2"));
        assertEquals(List.of(), drift(found(database("1", revision("5"))), found(pending)));
    }

    @Test
    void partsThatCameWentAndChangedAreToldByName() {
        Resource main = database("1", revision("5"));
        assertEquals(
                List.of(
                        "main added table public.hotfix",
                        "main removed table public.old",
                        "main changed column public.orders.total was integer, is bigint",
                        "main changed migration V3__prices.sql"),
                drift(
                        found(
                                Map.of(
                                        "table public.old", Sha256.of("old"),
                                        "column public.orders.total", "integer",
                                        "migration V3__prices.sql", Sha256.of("3")),
                                main),
                        found(
                                Map.of(
                                        "table public.hotfix", Sha256.of("hotfix"),
                                        "column public.orders.total", "bigint",
                                        "migration V3__prices.sql", Sha256.of("edited")),
                                main)));
    }

    @Test
    void ofAnotherDatabaseBehindTheNameOnlyThatIsTold() {
        assertEquals(
                List.of("main replaced system was 1, is 2"),
                drift(
                        found(Map.of("table public.orders", "1"), database("1", revision("5"))),
                        found(Map.of(), database("2", revision(null)))));
    }

    @Test
    void whatOneSideDidNotLookAtProvesNothing() {
        Resource main = database("1", revision("5"));
        assertEquals(List.of(), drift(found(main), found(Map.of("table public.orders", "1"), main)));
        assertEquals(List.of(), drift(found(Map.of("table public.orders", "1"), main), found(main)));
        Inspection unread = new Inspection("memory", List.of(), List.of(), List.of(DriftTest.unreachable()), List.of());
        assertEquals(List.of(), drift(found(main), unread));
    }

    private static Diagnostic unreachable() {
        return Diagnostic.error(DriftKind.MOVED, "cannot be reached", "");
    }

    @Test
    void workloadsComeAndGoWithTheChart() {
        Resource main = database("1", revision("5"));
        assertEquals(List.of(), drift(found(main), found(main, workload(5, 5))));
        assertEquals(List.of(), drift(found(main, workload(3, 3)), found(main)));
    }

    @Test
    void aDatabaseThatCameOrWentIsToldUnlessTheConfigurationSaysSo() {
        Resource main = database("1", revision("5"));
        SortedMap<String, String> other = new TreeMap<>(Map.of("memory", Sha256.of("another section")));
        assertEquals(List.of("main gone"), drift(found(main), found()));
        assertEquals(List.of("main appeared"), drift(found(), found(main)));
        assertEquals(List.of(), drift(found(main), found(), other));
        assertEquals(List.of(), drift(found(), found(main), other));
    }

    @Test
    void whatMaintenanceLeftBehindNeedsNoRecord() {
        Resource suspended = Resource.suspend(
                new Address("memory.safeguard", "failover"),
                Json.object().put("suspended", true),
                Json.object().put("suspended", false),
                Json.object().put("suspended", true),
                "out of force");
        List<DriftedPart> left =
                MaintenanceLeftovers.of(List.of(workload(0, 3), suspended, database("1", revision("5"))));
        assertEquals(
                List.of(DriftKind.SUSPENDED, DriftKind.STOPPED),
                left.stream().map(DriftedPart::kind).toList());
        assertEquals("replicas was 3, is 0", left.get(1).described());
        assertEquals(List.of(), MaintenanceLeftovers.of(List.of(workload(3, 3), workload(0, 0))));
    }

    @Test
    void aWorkloadThatIsBackWithoutItsAutoscalerIsTold() {
        ObjectNode observed = replicas(3).put("autoscaler", "paused");
        ObjectNode desired = replicas(3);
        desired.putObject("autoscaler").put("name", "web").put("min", 2);
        Resource paused =
                Resource.quiesce(WEB, 0, observed, desired, replicas(0).put("autoscaler", "paused"), "");
        DriftedPart left = MaintenanceLeftovers.of(List.of(paused)).get(0);
        assertEquals(DriftKind.UNRESTORED, left.kind());
        assertEquals("autoscaler", left.what());
        assertEquals(Optional.of("paused"), left.after());
    }

    @Test
    void aPlanIsToldItAsOneWarningAResourceAndKind() {
        Resource main = database("1", revision("5"));
        Map<String, String> many = new TreeMap<>();
        IntStream.range(10, 25).forEach(i -> many.put("table public.t" + i, Sha256.of("t")));
        Inspection before = found(Map.of("table public.old", "1"), main);
        State state = state(before);
        List<DriftedPart> drift = Drift.since(state, SECTIONS, UnrecordedRuns.NONE, List.of(found(many, main)));
        Resource told = DriftFindings.on(List.of(main), state, UnrecordedRuns.NONE, drift)
                .get(0);
        assertEquals(
                List.of("drift.added", "drift.removed"),
                told.findings().stream().map(f -> f.code().code()).toList());
        String summary = told.findings().get(0).summary();
        assertTrue(summary.startsWith("added since run run-1, by no run: table public.t10; table"), summary);
        assertTrue(summary.endsWith("; and 5 more"), summary);
    }
}
