package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.RightsReview;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The result of a preflight where all rights are granted, or where the server cannot be asked. */
class PreflightTest {

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();

    @AfterEach
    void close() {
        cluster.close();
    }

    private Path kubeconfig() {
        return cluster.writeKubeconfig(directory.resolve("kubeconfig"));
    }

    private static Map<String, Check> bySubject(List<Check> checks) {
        return checks.stream().collect(Collectors.toMap(Check::subject, Function.identity()));
    }

    @Test
    void anAdministratorLacksNothing() {
        cluster.workloads().deployment("web", 1);
        cluster.workloads().expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = Sessions.provider(kubeconfig());
                Backend backend = Sessions.backend(kubeconfig())) {
            List<Change> changes = List.of(during(only(provider.refresh())).change());
            assertFalse(((Preflight) provider).check(changes).stream().anyMatch(Check::failed));
            assertFalse(((Preflight) backend).check(changes).stream().anyMatch(Check::failed));
        }
    }

    @Test
    void nothingIsAskedForNoChanges() {
        try (Provider provider = Sessions.provider(kubeconfig())) {
            assertEquals(List.of(), ((Preflight) provider).check(List.of()));
        }
    }

    @Test
    void anExaminationLooksAtServerClockApisAndRights() {
        try (Provider provider = Sessions.provider(kubeconfig());
                Backend backend = Sessions.backend(kubeconfig())) {
            Map<String, Check> workloads = bySubject(((Preflight) provider).examine());
            Map<String, Check> records = bySubject(((Preflight) backend).examine());
            assertTrue(workloads.containsKey("rights on workloads"), workloads.toString());
            assertTrue(records.keySet().containsAll(List.of("rights on records", "rights on events")));
            if (cluster.isReal()) {
                assertEquals(
                        cluster.client().getKubernetesVersion().getGitVersion(),
                        workloads.get("API server").found());
                assertEquals("as ours", workloads.get("clock of the API server").found());
                assertEquals(
                        "horizontalpodautoscalers",
                        workloads.get("API autoscaling/v2").found());
                assertEquals(
                        "installed",
                        workloads.get("expecteddeploymentscales.wiremind.io").found());
                assertTrue(workloads.get("rights on workloads").found().endsWith(" granted"), workloads.toString());
                assertEquals("leases", records.get("API coordination.k8s.io/v1").found());
                assertEquals("all 9 granted", records.get("rights on records").found());
            }
        }
    }

    @Test
    void rightsThatAreAllListedTakeOneRequestEach() {
        Path kubeconfig = kubeconfig();
        try (FaultProxy proxy = FaultProxy.before(kubeconfig);
                Provider provider = Sessions.provider(kubeconfig);
                Backend backend = Sessions.backend(kubeconfig)) {
            proxy.next(2, "POST", "selfsubjectrulesreviews", Fault.answer("""
                    {"kind": "SelfSubjectRulesReview", "apiVersion": "authorization.k8s.io/v1", "spec": {}, "status": {
                    "incomplete": true, "nonResourceRules": [], "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"],
                    "resources": ["*"]}]}}"""));

            Stream.of(provider, backend)
                    .map(RightsReview.class::cast)
                    .flatMap(able -> able.reviewRights().stream())
                    .forEach(check -> assertTrue(check.problem().isEmpty(), check.toString()));

            assertEquals(2, proxy.requests("POST", "authorization.k8s.io").size());
        }
    }

    @Test
    void aServerThatRefusesToSayWhoMayDoWhatRefusesNothing() {
        Path kubeconfig = kubeconfig();
        try (FaultProxy proxy = FaultProxy.before(kubeconfig);
                Provider provider = Sessions.provider(kubeconfig);
                Backend backend = Sessions.backend(kubeconfig)) {
            proxy.next(100, "POST", "authorization.k8s.io", Fault.status(403, "may not create reviews"));

            List<Check> checks = Stream.of(provider, backend)
                    .map(RightsReview.class::cast)
                    .flatMap(able -> able.reviewRights().stream())
                    .toList();

            assertFalse(checks.stream().anyMatch(Check::failed), checks.toString());
            assertEquals(List.of(), provider.refresh());
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsOneCheck() {
        Path elsewhere = directory.resolve("elsewhere");
        try (Provider provider =
                Sessions.provider(write(elsewhere), Sessions.section().put("requestTimeout", "2s"))) {
            Check check = assertSingle(((Preflight) provider).examine());
            assertEquals("API server", check.subject());
            assertEquals(
                    KubernetesError.UNREACHABLE, check.problem().orElseThrow().code());
            assertTrue(check.failed());
        }
    }

    private static Check assertSingle(List<Check> checks) {
        assertEquals(1, checks.size(), checks.toString());
        return checks.get(0);
    }

    private static Path write(Path file) {
        try {
            return java.nio.file.Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: test, cluster: {server: "http://127.0.0.1:9"}}]
                    users: [{name: test, user: {token: none}}]
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    current-context: test
                    """);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
