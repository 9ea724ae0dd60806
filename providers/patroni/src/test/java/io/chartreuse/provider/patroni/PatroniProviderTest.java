package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.model.Servers;
import io.chartreuse.spi.model.Severity;
import io.chartreuse.spi.provider.Observer;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatroniProviderTest {

    private static final String READY =
            "ready: leader pg1 accepts writes (scope demo, system identifier 42, timeline 1, leader pg1)";

    private final FakePatroni patroni = FakePatroni.leader();

    @AfterEach
    void close() {
        patroni.close();
    }

    @Test
    void isFoundByItsNameAndMadeWithoutTouchingTheWorld() throws Exception {
        ProviderFactory factory = ServiceLoader.load(ProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("patroni"))
                .findFirst()
                .orElseThrow();

        factory.create(new ObjectMapper().readTree(section(patroni.url(), "1s")), Gates.context())
                .close();

        assertEquals(List.of(), patroni.requests());
    }

    @Test
    void bringsItsSchema() throws Exception {
        String schema = new PatroniProviderFactory().configurationSchema();

        assertEquals(
                "https://chartreuse.io/schemas/patroni.schema.json",
                new ObjectMapper().readTree(schema).path("$id").asText());
    }

    @Test
    void aReadyClusterIsAGateThatIsOpen() {
        Resource resource = refresh(section(patroni.url(), "1s")).get(0);

        assertEquals(Address.parse("patroni.cluster/main"), resource.address());
        assertEquals(Role.GATE, resource.role());
        assertEquals("{\"ready\":true}", resource.observed().toString());
        assertEquals(resource.observed(), resource.desired());
        assertEquals(Map.of("scope", "demo", "systemIdentifier", "42"), resource.identity());
        assertEquals(Map.of(), resource.fingerprint());
        assertEquals(READY, resource.reason());
        assertEquals(List.of(), resource.findings());
    }

    @Test
    void aClusterWithoutALeaderIsAWarningOfThePlan() {
        patroni.answer("/cluster", 200, patroni.clusterOfOne("replica", "starting"));

        Resource resource = refresh(section(patroni.url(), "1s")).get(0);

        assertEquals("{\"ready\":false}", resource.observed().toString());
        assertEquals("{\"ready\":true}", resource.desired().toString());
        Diagnostic finding = resource.findings().get(0);
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals("cluster main is not ready yet, the gate will wait: no leader (pg1: starting)", finding.summary());
    }

    @Test
    void allClustersThatCannotBeReachedAreReportedAtOnce() {
        String section = """
                {"clusters": {"b": {"endpoints": ["http://127.0.0.1:1"]}, "a": {"endpoints": ["http://127.0.0.1:1"]},
                  "c": {"endpoints": ["%s"]}}}""".formatted(patroni.url());

        List<Diagnostic> problems = refresh(section).stream()
                .flatMap(resource -> resource.findings().stream())
                .filter(Diagnostic::isError)
                .toList();

        assertEquals(
                List.of("patroni.cluster/a", "patroni.cluster/b"),
                problems.stream()
                        .map(diagnostic -> diagnostic.address().orElseThrow().toString())
                        .toList());
        String said = problems.get(0).summary();
        assertTrue(said.contains("cluster a cannot be reached"), said);
        assertTrue(said.contains("http://127.0.0.1:1: connection refused"), said);
    }

    @Test
    void severalClustersAreAskedAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        try (FakePatroni other = FakePatroni.leader()) {
            patroni.answerTogether("/cluster", both, patroni.clusterOfOne("leader", "running"));
            other.answerTogether("/cluster", both, other.clusterOfOne("leader", "running"));
            String section = "{\"clusters\": {\"a\": {\"endpoints\": [\"" + patroni.url()
                    + "\"]}, \"b\": {\"endpoints\": [\"" + other.url() + "\"]}}}";
            try (Provider provider = Gates.provider(section)) {
                assertEquals(
                        List.of(READY, READY),
                        provider.refresh().stream().map(Resource::reason).toList());
                assertTrue(((Preflight) provider).examine().stream().noneMatch(Check::failed));
                assertEquals(2, ((Observer) provider).observe().size());
            }
        }
    }

    @Test
    void anotherServerThanPatroniIsAnErrorOfThePlan() {
        patroni.answer("/cluster", 200, "<html>").answer("/patroni", 200, "<html>");

        Diagnostic problem =
                refresh(section(patroni.url(), "1s")).get(0).findings().get(0);

        assertEquals(PatroniError.NOT_PATRONI, problem.code());
        assertTrue(problem.isError());
    }

    @Test
    void anExaminationTellsReadyWaitingAndUnreachableClustersApart() {
        assertEquals(READY, examine(patroni.url()).found());

        patroni.answer("/cluster", 200, patroni.clusterOfOne("replica", "starting"));
        Check waiting = examine(patroni.url());
        assertEquals("not ready", waiting.found());
        assertEquals(PatroniError.NOT_READY, waiting.problem().orElseThrow().code());
        assertFalse(waiting.failed(), "its gate would wait");

        Check nobody = examine("http://127.0.0.1:1");
        assertEquals(PatroniError.UNREACHABLE, nobody.problem().orElseThrow().code());
        assertTrue(nobody.failed());
    }

    private static Check examine(String url) {
        try (Provider provider = Gates.provider(section(url, "1s"))) {
            return ((Preflight) provider).examine().get(0);
        }
    }

    @Test
    void anInterruptedRefreshKeepsTheInterruption() {
        Thread.currentThread().interrupt();

        ChartreuseException problem =
                assertThrows(ChartreuseException.class, () -> refresh(section(patroni.url(), "1s")));

        assertTrue(Thread.interrupted());
        assertEquals(PatroniError.INTERRUPTED, problem.diagnostics().get(0).code());
    }

    @Test
    void theGateOpensAtOnceWhereTheClusterIsReady() throws Exception {
        try (Provider provider = Gates.provider(section(patroni.url(), "0s"))) {
            assertEquals(
                    "{\"ready\":true}",
                    provider.converge(Gates.step("main", Map.of()), Progress.NONE)
                            .toString());
        }
    }

    @Test
    void theGateOpensWhenALeaderAppears() throws Exception {
        patroni.answer("/cluster", 200, patroni.clusterOfOne("replica", "starting"));
        List<String> said = new ArrayList<>();
        try (Provider provider = Gates.provider(section(patroni.url(), "20s"))) {
            provider.converge(Gates.step("main", Map.of()), message -> {
                said.add(message);
                patroni.answer("/cluster", 200, patroni.clusterOfOne("leader", "running"));
            });
        }

        assertEquals(List.of("waiting: no leader (pg1: starting)", READY), said);
    }

    @Test
    void theGateSaysWhatIsMissingWhenTimeIsUp() throws Exception {
        patroni.answer("/primary", 503, "");
        try (Provider provider = Gates.provider(section(patroni.url(), "100ms"))) {
            ChartreuseException problem = assertThrows(
                    ChartreuseException.class, () -> provider.converge(Gates.step("main", Map.of()), Progress.NONE));

            Diagnostic diagnostic = problem.diagnostics().get(0);
            assertEquals(
                    "cluster main was not ready within 100ms: pg1 holds the leader lock but does not say that it is"
                            + " the primary",
                    diagnostic.summary());
            assertEquals("Look at the log of Patroni on pg1.", diagnostic.remedy());
            assertEquals(ErrorType.EXTERNAL, problem.type());
        }
    }

    @Test
    void theGateWaitsForAClusterThatCannotBeReached() throws Exception {
        try (Provider provider = Gates.provider(section("http://127.0.0.1:1", "100ms"))) {
            ChartreuseException problem = assertThrows(
                    ChartreuseException.class, () -> provider.converge(Gates.step("main", Map.of()), Progress.NONE));

            assertEquals(PatroniError.NOT_READY, problem.diagnostics().get(0).code());
        }
    }

    @Test
    void theGateStaysShutForAnotherClusterThanThePlanned() throws Exception {
        try (Provider provider = Gates.provider(section(patroni.url(), "20s"))) {
            ChartreuseException problem = assertThrows(
                    ChartreuseException.class,
                    () -> provider.converge(
                            Gates.step("main", Map.of("scope", "demo", "systemIdentifier", "41")), Progress.NONE));

            assertEquals(ErrorType.STALE, problem.type());
            assertFalse(problem.diagnostics().get(0).remedy().isBlank());
        }
    }

    @Test
    void theGateComparesOnlyWhatThePlanKnew() throws Exception {
        try (Provider provider = Gates.provider(section(patroni.url(), "0s"))) {
            provider.converge(Gates.step("main", Map.of("scope", "demo")), Progress.NONE);
        }
    }

    @Test
    void withoutEndpointsTheProbeAloneIsTheGate() throws Exception {
        String section = """
                {"clusters": {"main": {"waitConfigured": "0s", "probe": {"url": "jdbc:postgresql://127.0.0.1:1/shop"}}}}""";
        try (Provider provider = Gates.provider(section)) {
            assertFalse(((Servers) provider).knows("main"), "nobody tells where its members are");
            Diagnostic waiting = provider.refresh().get(0).findings().get(0);
            assertEquals(PatroniError.NOT_READY, waiting.code());
            assertFalse(waiting.isError(), "its gate will wait");
            assertTrue(waiting.summary().contains("shop_owner_user cannot connect"), waiting.summary());

            ChartreuseException problem = assertThrows(
                    ChartreuseException.class, () -> provider.converge(Gates.step("main", Map.of()), Progress.NONE));
            assertEquals(PatroniError.NOT_READY, problem.diagnostics().get(0).code());
            assertEquals(
                    "{patroni.cluster/main=not asked: no endpoints of Patroni's REST API are configured}",
                    ((Observer) provider).observe().toString());
        }
    }

    @Test
    void whetherMembersThatAreNotNamedMayYetBeIsSaid() {
        patroni.answer("/cluster", 503, "{}");
        assertEquals(Optional.of("08001"), passing(patroni.url()));
        patroni.answer("/cluster", 404, "{}");
        assertEquals(Optional.empty(), passing(patroni.url()), "it is not Patroni");
        assertEquals(Optional.empty(), passing("http://127.0.0.1:1"), "nobody is there");
    }

    /** The SQLSTATE of a failure that may be transient. */
    private static Optional<String> passing(String url) {
        try (Provider provider = Gates.provider(section(url, "0s"))) {
            ChartreuseException failure =
                    assertThrows(ChartreuseException.class, () -> ((Servers) provider).behind("main"));
            return Optional.ofNullable(failure.getCause()).map(cause -> ((SQLException) cause).getSQLState());
        }
    }

    private static List<Resource> refresh(String section) {
        try (Provider provider = Gates.provider(section)) {
            return provider.refresh();
        }
    }

    private static String section(String url, String wait) {
        return "{\"clusters\": {\"main\": {\"endpoints\": [\"" + url + "\"], \"waitConfigured\": \"" + wait + "\"}}}";
    }
}
