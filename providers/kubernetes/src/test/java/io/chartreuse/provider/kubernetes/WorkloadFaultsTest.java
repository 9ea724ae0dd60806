package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.provider.kubernetes.fault.Request;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the cluster, and their effect on a stop and a start. */
class WorkloadFaultsTest {

    private static final String WEB = "/deployments/web";
    private static final List<String> HELD = List.of("chartreuse.io/test-hold");

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private final ReportedProgress said = new ReportedProgress();
    private Path kubeconfig;
    private FaultProxy proxy;
    private Provider provider;

    @BeforeEach
    void connectThroughTheProxy() {
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        proxy = FaultProxy.before(kubeconfig);
        provider = Sessions.provider(kubeconfig);
        workloads.expectedScale(RELEASE, "web", 1, 0);
    }

    @AfterEach
    void disconnect() {
        provider.close();
        proxy.close();
        cluster.close();
    }

    @Test
    void whatFailsForAPassingReasonIsTriedAgainAndToldWithTheBudget() throws InterruptedException {
        Resource web = running();
        proxy.next(2, "PATCH", WEB, Fault.status(503, "apiserver is shutting down"));

        assertEquals(json("{'replicas': 0}"), provider.converge(during(web), said));

        assertTrue(
                said.contains("API server: it answered 503 (patch deployments.apps \"web\"); retrying for at most 60s"),
                said.toString());
        assertTrue(proxy.requests("PATCH", WEB).size() >= 3, "two fail");
    }

    @Test
    void aServerThatAsksForPatienceGetsIt() throws InterruptedException {
        Resource web = running();
        proxy.next(1, "PATCH", WEB, Fault.status(429, "too many requests", "Retry-After: 2\r\n"));

        provider.converge(during(web), Progress.NONE);

        List<Request> tries = proxy.requests("PATCH", WEB);
        assertTrue(tries.size() >= 2, "a controller may be faster than the second: " + tries);
        long between = tries.get(1).nanos() - tries.get(0).nanos();
        assertTrue(between >= Duration.ofMillis(1900).toNanos(), between + " ns");
    }

    @Test
    void whatGoesOnFailingEndsWithTheBudgetAndTheServersWords() {
        Resource web = running();
        proxy.next(1000, "PATCH", WEB, Fault.status(500, "etcdserver: no leader"));

        Diagnostic problem = assertTimeout(Duration.ofSeconds(30), () -> refused(web, budget("2s")));

        assertEquals(KubernetesError.REQUEST_FAILED, problem.code());
        assertTrue(problem.summary().contains("etcdserver: no leader"), problem.summary());
        assertTrue(proxy.requests("PATCH", WEB).size() > 2);
    }

    @Test
    void conflictsAreReadAndDecidedAnew() throws InterruptedException {
        Resource web = running();
        proxy.next(3, "PATCH", WEB, Fault.status(409, "the object has been modified"));

        assertEquals(json("{'replicas': 0}"), provider.converge(during(web), said));
    }

    @Test
    void aChangeThatOvertakesOursIsReadAndKept() throws InterruptedException {
        Resource web = running();
        proxy.next(1, "PATCH", WEB, Fault.overtakenBy(() -> workloads.annotate("web", "another", "writer")));

        assertEquals(json("{'replicas': 0}"), provider.converge(during(web), Progress.NONE));

        assertTrue(proxy.requests("PATCH", WEB).size() >= 2, "the first met a conflict");
        assertEquals("2", labels().get("chartreuse.io/former-replicas"));
        proxy.next(1, "PATCH", WEB, Fault.overtakenBy(() -> workloads.annotate("web", "third", "writer")));
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(2, workloads.deployment("web").getSpec().getReplicas());
        assertEquals("writer", annotations().get("another"));
        assertEquals("writer", annotations().get("third"));
    }

    @Test
    void aConnectionThatIsResetIsMadeAgain() throws InterruptedException {
        Resource web = running();
        proxy.next(2, request -> request.target().contains(WEB), Fault.reset());

        assertEquals(json("{'replicas': 0}"), provider.converge(during(web), Progress.NONE));
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
    }

    @Test
    void aStopWhoseAnswerIsLostIsNotDoneTwice() throws InterruptedException {
        Resource web = running();
        proxy.next(1, "PATCH", WEB, Fault.lostAnswer());

        assertEquals(json("{'replicas': 0}"), provider.converge(during(web), Progress.NONE));
        assertEquals("2", labels().get("chartreuse.io/former-replicas"));

        proxy.next(1, "PATCH", WEB, Fault.lostAnswer());
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(2, workloads.deployment("web").getSpec().getReplicas());
    }

    @Test
    void aStopWhoseAnswerComesTooLateIsReadBackBeforeItIsDecidedOn() throws InterruptedException {
        Resource web = running();
        ObjectNode hasty = Sessions.section().put("requestTimeout", "1500ms");
        proxy.next(1, "PATCH", WEB, Fault.slowAnswer(Duration.ofSeconds(4)));

        try (Provider impatient = Sessions.provider(kubeconfig, hasty)) {
            assertEquals(json("{'replicas': 0}"), impatient.converge(during(web), Progress.NONE));
        }
        assertEquals("2", labels().get("chartreuse.io/former-replicas"));
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForAgain() throws InterruptedException {
        Resource web = running();
        proxy.next(2, "GET", WEB, Fault.cutAfter(600));

        assertEquals(json("{'replicas': 0}"), provider.converge(during(web), Progress.NONE));
    }

    @Test
    void aServerThatIsAwayForAWhileIsWaitedFor() throws Exception {
        Resource web = running();
        CompletableFuture<ObjectNode> stopped;
        proxy.next(1000, request -> true, Fault.reset());

        stopped = Background.run(() -> provider.converge(during(web), said));
        said.await("retrying");
        proxy.heal();

        assertEquals(json("{'replicas': 0}"), stopped.get(30, TimeUnit.SECONDS));
    }

    @Test
    void aServerThatStaysAwayEndsStopAndStartWithTheBudget() throws InterruptedException {
        Resource web = running();
        try (Provider other = Sessions.provider(kubeconfig, budget("2s"))) {
            other.refresh();
            provider.converge(during(web), Progress.NONE);
            proxy.next(1000, request -> true, Fault.reset());

            for (Step step : List.of(during(web), after(web))) {
                Diagnostic problem = assertTimeout(
                                Duration.ofSeconds(30),
                                () -> assertThrows(ChartreuseException.class, () -> other.converge(step, said)))
                        .diagnostics()
                        .get(0);

                assertEquals(KubernetesError.UNREACHABLE, problem.code());
                assertEquals(step.to() == Phase.AFTER, problem.remedy().contains("by hand:\nkubectl -n "));
            }
            said.await("API server: it does not answer (get deployments.apps \"web\"); retrying for at most 2s");
        }
        proxy.heal();
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
    }

    @Test
    void aWorkloadThatIsDeletedWhileItsPodsEndIsNotTakenForStopped() throws Exception {
        workloads.deployment("web", 1, HELD);
        Resource web = only(provider.refresh());
        CompletableFuture<ObjectNode> stopped = Background.run(() -> provider.converge(during(web), said));
        said.await("1 pod left");

        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("web")
                .withTimeout(30, TimeUnit.SECONDS)
                .delete();
        workloads.releasePods("web");

        Throwable failure = assertThrows(Exception.class, () -> stopped.get(30, TimeUnit.SECONDS))
                .getCause();
        assertEquals(
                KubernetesError.WORKLOAD_REPLACED,
                ((ChartreuseException) failure).diagnostics().get(0).code());
    }

    @Test
    void stepsSideBySideShareOneWatch() throws Exception {
        List<String> names = List.of("web", "api", "worker", "mail");
        names.stream().skip(1).forEach(name -> workloads.expectedScale(RELEASE, name, 1, 0));
        names.forEach(name -> workloads.deployment(name, 1));
        List<CompletableFuture<ObjectNode>> stopped = new ArrayList<>();

        for (Resource resource : provider.refresh()) {
            stopped.add(Background.run(() -> provider.converge(during(resource), Progress.NONE)));
        }
        for (CompletableFuture<ObjectNode> each : stopped) {
            assertEquals(json("{'replicas': 0}"), each.get(30, TimeUnit.SECONDS));
        }

        assertEquals(1, proxy.requests("GET", "watch=true").size());
    }

    @Test
    void whatAWebhookOrAQuotaRefusesIsToldInItsWordsAtOnce() {
        Resource web = running();
        for (String why : List.of(
                "admission webhook 'freeze.example.org' denied the request: no changes on Sundays",
                "exceeded quota: pods, requested: 2, used: 9, limited: 10")) {
            int before = proxy.requests("PATCH", WEB).size();
            proxy.next(1, "PATCH", WEB, Fault.status(403, why));

            Diagnostic problem = refused(web, Sessions.section());

            assertEquals(KubernetesError.REQUEST_FAILED, problem.code());
            assertTrue(problem.summary().contains(why), problem.summary());
            assertTrue(problem.remedy().contains(why.startsWith("admission") ? "webhook" : "quota"), problem.remedy());
            assertEquals(before + 1, proxy.requests("PATCH", WEB).size());
        }
    }

    @Test
    void rightsThatAreTakenAwayInTheMiddleAreNamed() throws Exception {
        Resource web = running();
        proxy.next(1000, "GET", "/pods", Fault.status(403, "forbidden"));

        Diagnostic problem = refused(web, Sessions.section());

        assertEquals(KubernetesError.FORBIDDEN, problem.code());
        assertTrue(problem.summary().contains("pods"), problem.summary());
        proxy.heal();
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
    }

    @Test
    void aRightThatIsTakenAwayAndGivenBackDoesNotKeepAWorkloadStopped() throws InterruptedException {
        Resource web = running();
        provider.converge(during(web), Progress.NONE);
        proxy.next(2, "PATCH", WEB, Fault.status(403, "deployments.apps is forbidden: User may not patch"));

        assertEquals(web.desired(), provider.converge(after(web), said));

        assertTrue(
                said.contains("API server: it answered 403 (patch deployments.apps \"web\"); retrying for at most 60s"),
                said.toString());
    }

    @Test
    void aTokenThatIsRenewedTooLateDoesNotKeepAWorkloadStopped() throws InterruptedException {
        Resource web = running();
        provider.converge(during(web), Progress.NONE);
        proxy.next(3, "GET", WEB, Fault.status(401, "Unauthorized"));

        assertEquals(web.desired(), provider.converge(after(web), said));
        assertTrue(
                said.contains("API server: it answered 401 (get deployments.apps \"web\"); retrying for at most 60s"),
                said.toString());
    }

    @Test
    void aRefusalOfAdmissionIsNoMissingRight() throws InterruptedException {
        Resource web = running();
        provider.converge(during(web), Progress.NONE);
        proxy.next(1000, "PATCH", WEB, Fault.status(403, "admission webhook policy.example denied the request"));

        Diagnostic problem = assertThrows(ChartreuseException.class, () -> provider.converge(after(web), Progress.NONE))
                .diagnostics()
                .get(0);
        assertEquals(KubernetesError.REQUEST_FAILED, problem.code());
        assertEquals(2, proxy.requests("PATCH", WEB).size(), "the stop, and one try to start");
    }

    @Test
    void aRightThatIsMissingEndsAStopAtOnce() {
        Resource web = running();
        proxy.next(1000, "PATCH", WEB, Fault.status(403, "deployments.apps is forbidden: User may not patch"));

        assertEquals(KubernetesError.FORBIDDEN, refused(web, Sessions.section()).code());
        assertEquals(1, proxy.requests("PATCH", WEB).size());
    }

    @Test
    void aWorkloadThatIsCreatedAnewWhileItsPodsEndIsNotTakenForTheOldOne() throws Exception {
        workloads.deployment("web", 1, HELD);
        Resource web = only(provider.refresh());
        CompletableFuture<ObjectNode> stopped = Background.run(() -> provider.converge(during(web), said));
        said.await("1 pod left");

        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("web")
                .withTimeout(30, TimeUnit.SECONDS)
                .delete();
        workloads.releasePods("web");
        workloads.deployment("web", 0);

        Throwable failure = assertThrows(Exception.class, () -> stopped.get(30, TimeUnit.SECONDS))
                .getCause();
        assertEquals(
                KubernetesError.WORKLOAD_REPLACED,
                ((ChartreuseException) failure).diagnostics().get(0).code());
    }

    private Resource running() {
        workloads.deployment("web", 2);
        return only(provider.refresh());
    }

    private Diagnostic refused(Resource web, ObjectNode section) {
        try (Provider other = Sessions.provider(kubeconfig, section)) {
            return assertThrows(ChartreuseException.class, () -> {
                        other.refresh();
                        other.converge(during(web), said);
                    })
                    .diagnostics()
                    .get(0);
        }
    }

    private static ObjectNode budget(String budget) {
        return Sessions.section().put("retryBudget", budget);
    }

    private Map<String, String> labels() {
        return workloads.deployment("web").getMetadata().getLabels();
    }

    private Map<String, String> annotations() {
        return workloads.deployment("web").getMetadata().getAnnotations();
    }
}
