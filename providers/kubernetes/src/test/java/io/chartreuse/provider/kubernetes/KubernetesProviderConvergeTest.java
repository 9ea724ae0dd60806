package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.finish;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesProviderConvergeTest {

    private static final List<String> HELD = List.of("chartreuse.io/test-hold");

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private Path kubeconfig;
    private Provider provider;

    @BeforeEach
    void connect() {
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        provider = Sessions.provider(kubeconfig);
        workloads.expectedScale(RELEASE, "web", 1, 0);
    }

    @AfterEach
    void disconnect() {
        provider.close();
        cluster.close();
    }

    @Test
    void aDeploymentIsStoppedWithItsFormerStateWrittenOnItAndStartedAgain() throws InterruptedException {
        workloads.deployment("web", 3);
        Resource web = only(provider.refresh());
        Queue<String> said = new ConcurrentLinkedQueue<>();

        assertEquals(json("{'replicas': 0}"), provider.converge(during(web), said::add));

        assertEquals(0, workloads.pods("web"));
        Map<String, String> marks = annotations();
        assertEquals(RELEASE, marks.get("wiremind.io/stopped-by"));
        assertEquals("labels", marks.get("chartreuse.io/held-by"));
        assertEquals("3", labels().get("chartreuse.io/former-replicas"));
        String hold = labels().get("holder.chartreuse.io/shop");
        assertTrue(hold.matches("20\\d{6}T\\d{6}\\.\\d{3}Z_run-1"), hold);
        assertTrue(said.contains("stopping 3 replicas"), said.toString());
        assertTrue(said.stream().anyMatch(line -> line.startsWith("3 pods left: web-")), said.toString());

        assertEquals(json("{'replicas': 3}"), provider.converge(after(web), Progress.NONE));

        assertEquals(3, workloads.deployment("web").getSpec().getReplicas());
        assertNoMarks();
        finish(provider);
        assertEquals(web.observed(), only(provider.refresh()).observed());
    }

    @Test
    void anAutoscalerIsPausedAndResumed() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        Resource web = only(provider.refresh());

        assertEquals(json("{'replicas': 0, 'autoscaler': 'paused'}"), provider.converge(during(web), Progress.NONE));

        var paused = workloads.autoscaler("web");
        assertEquals("", paused.getMetadata().getAnnotations().get("wiremind.io/pre-pause-scale-behavior"));
        assertEquals("Disabled", paused.getSpec().getBehavior().getScaleUp().getSelectPolicy());

        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));

        assertNull(workloads.autoscaler("web").getSpec().getBehavior());
        assertFalse(bearsMarks(workloads.autoscaler("web")));
    }

    @Test
    void theBehaviorThatAnAutoscalerHadIsPutBack() throws InterruptedException {
        workloads.deployment("web", 3);
        cluster.client()
                .resource(workloads
                        .autoscalerOf("web", 2, 10)
                        .editSpec()
                        .withNewBehavior()
                        .withNewScaleUp()
                        .withStabilizationWindowSeconds(30)
                        .addNewPolicy()
                        .withType("Pods")
                        .withValue(1)
                        .withPeriodSeconds(60)
                        .endPolicy()
                        .endScaleUp()
                        .endBehavior()
                        .endSpec()
                        .build())
                .create();
        var before = workloads.autoscaler("web").getSpec().getBehavior();
        Resource web = only(provider.refresh());

        provider.converge(during(web), Progress.NONE);
        provider.converge(after(web), Progress.NONE);

        assertEquals(before, workloads.autoscaler("web").getSpec().getBehavior());
    }

    @Test
    void anAutoscalerThatScalesFromZeroIsPausedEvenWhereNothingRuns() throws InterruptedException {
        assumeTrue(cluster.scalesFromZero(), "this API server refuses minReplicas: 0 (feature gate HPAScaleToZero)");
        workloads.deployment("web", 0);
        workloads.autoscalerFromZero("web", 5);
        Resource web = only(provider.refresh());

        assertEquals(
                json("{'replicas': 0, 'autoscaler': 'paused'}"),
                web.maintenance().orElseThrow());
        assertEquals(web.maintenance().orElseThrow(), provider.converge(during(web), Progress.NONE));
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(0, workloads.deployment("web").getSpec().getReplicas());
    }

    @Test
    void aWorkloadThatScalesFromZeroComesBackWithTheReplicasThatItHad() throws InterruptedException {
        assumeTrue(cluster.scalesFromZero(), "this API server refuses minReplicas: 0 (feature gate HPAScaleToZero)");
        workloads.deployment("web", 2);
        workloads.autoscalerFromZero("web", 5);
        Resource web = only(provider.refresh());

        assertEquals(json("{'replicas': 0, 'autoscaler': 'paused'}"), provider.converge(during(web), Progress.NONE));
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(2, workloads.deployment("web").getSpec().getReplicas());
        assertNull(workloads.autoscaler("web").getSpec().getBehavior());
    }

    @Test
    void whatIsDeletedSinceThePlanIsTold() {
        workloads.deployment("web", 1);
        Resource web = only(provider.refresh());
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("web")
                .withTimeout(30, TimeUnit.SECONDS)
                .delete();

        for (var step : List.of(during(web), after(web))) {
            ChartreuseException refused =
                    assertThrows(ChartreuseException.class, () -> provider.converge(step, Progress.NONE));
            assertEquals(
                    KubernetesError.WORKLOAD_REPLACED,
                    refused.diagnostics().get(0).code());
            assertTrue(refused.getMessage().contains("was deleted"), refused.getMessage());
        }
    }

    @Test
    void aSecondStopKeepsWhatTheFirstWroteDown() throws InterruptedException {
        workloads.deployment("web", 2);
        Resource web = only(provider.refresh());

        provider.converge(during(web), Progress.NONE);
        provider.converge(during(web), Progress.NONE);

        assertEquals("2", labels().get("chartreuse.io/former-replicas"));
    }

    @Test
    void whatADeadRunStoppedIsPlannedAndBroughtBackByTheNext() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        provider.converge(during(only(provider.refresh())), Progress.NONE);

        try (Provider next = Sessions.provider(kubeconfig)) {
            Resource web = only(next.refresh());
            assertEquals(json("{'replicas': 0, 'autoscaler': 'paused'}"), web.observed());
            assertEquals(json("{'replicas': 3, 'autoscaler': {'name': 'web', 'min': 2, 'max': 10}}"), web.desired());
            assertEquals(web.desired(), next.converge(after(web), Progress.NONE));
            assertNoMarks();
        }
    }

    @Test
    void aRunThatDiedBetweenAutoscalerAndDeploymentIsHealed() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        Resource web = only(provider.refresh());
        provider.converge(during(web), Progress.NONE);
        workloads.scale("web", 3);
        workloads.removeAnnotations("web", "wiremind.io/stopped-by", "chartreuse.io/held-by");
        workloads.removeLabels("web", "holder.chartreuse.io/shop", "chartreuse.io/former-replicas");

        Resource half = only(provider.refresh());

        assertEquals(json("{'replicas': 3, 'autoscaler': 'paused'}"), half.observed());
        assertEquals(web.desired(), provider.converge(after(half), Progress.NONE));
    }

    @Test
    void whatWasDeployedAnewWhileStoppedKeepsItsReplicasAndLosesTheMarks() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        provider.converge(during(only(provider.refresh())), Progress.NONE);
        workloads.scale("web", 4);

        Resource web = only(provider.refresh());
        assertEquals(json("{'replicas': 4, 'autoscaler': 'paused', 'stoppedBy': 'shop'}"), web.observed());
        assertEquals(json("{'replicas': 4, 'autoscaler': {'name': 'web', 'min': 2, 'max': 10}}"), web.desired());

        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(4, workloads.deployment("web").getSpec().getReplicas());
        assertNoMarks();
    }

    @Test
    void aNumberThatTheAutoscalerChoseCountsAsThatOfTheStep() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        Resource web = only(provider.refresh());
        workloads.scale("web", 5);

        provider.converge(during(web), Progress.NONE);

        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(5, workloads.deployment("web").getSpec().getReplicas());
    }

    private void renamedAutoscaler() {
        cluster.client()
                .resource(workloads
                        .autoscalerOf("web", 2, 10)
                        .editSpec()
                        .editScaleTargetRef()
                        .withName("wm--disabled--kube-web")
                        .endScaleTargetRef()
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void whatTheEarlierToolLeftStoppedWithoutAMarkComesBack() throws InterruptedException {
        workloads.deployment("web", 0);
        renamedAutoscaler();
        Resource web = only(provider.refresh());
        assertEquals("stopped by the earlier tool", web.reason());
        assertEquals(json("{'replicas': 2, 'autoscaler': {'name': 'web', 'min': 2, 'max': 10}}"), web.desired());

        assertEquals(web.maintenance().orElseThrow(), provider.converge(during(web), Progress.NONE));
        provider.refresh();
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(2, workloads.deployment("web").getSpec().getReplicas());
        assertEquals(
                "web", workloads.autoscaler("web").getSpec().getScaleTargetRef().getName());
    }

    @Test
    void whatIsAtZeroOnPurposeStaysThereWhateverScalesIt() throws InterruptedException {
        workloads.deployment("web", 0);
        workloads.autoscaler("web", 2, 10);
        Resource web = only(provider.refresh());

        provider.converge(during(web), Progress.NONE);
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(0, workloads.deployment("web").getSpec().getReplicas());
    }

    @Test
    void anAutoscalerThatTheEarlierToolRenamedIsHealed() throws InterruptedException {
        workloads.deployment("web", 2);
        renamedAutoscaler();
        Resource web = only(provider.refresh());
        assertEquals(json("{'replicas': 2, 'autoscaler': 'paused'}"), web.observed());

        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertEquals(
                "web", workloads.autoscaler("web").getSpec().getScaleTargetRef().getName());
    }

    @Test
    void aDeploymentCreatedAnewSinceThePlanIsNotTouched() {
        workloads.deployment("web", 1);
        Resource web = only(provider.refresh());
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("web")
                .withTimeout(30, TimeUnit.SECONDS)
                .delete();
        workloads.deployment("web", 1);

        for (var step : List.of(during(web), after(web))) {
            ChartreuseException refused =
                    assertThrows(ChartreuseException.class, () -> provider.converge(step, Progress.NONE));
            assertEquals(
                    KubernetesError.WORKLOAD_REPLACED,
                    refused.diagnostics().get(0).code());
            assertEquals(ErrorType.STALE, refused.type());
        }
        assertEquals(1, workloads.deployment("web").getSpec().getReplicas());
    }

    @Test
    void aDeploymentScaledByHandSinceThePlanIsNotStopped() {
        workloads.deployment("web", 1);
        Resource web = only(provider.refresh());
        workloads.scale("web", 2);

        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> provider.converge(during(web), Progress.NONE));

        assertEquals(
                KubernetesError.WORKLOAD_MOVED, refused.diagnostics().get(0).code());
        assertTrue(refused.getMessage().contains("scaled from 1 to 2"), refused.getMessage());
    }

    @Test
    void whatIsNotThereStaysAway() throws InterruptedException {
        Resource web = only(provider.refresh());

        assertEquals(json("{'exists': false}"), provider.converge(during(web), Progress.NONE));
        assertEquals(json("{'exists': false}"), provider.converge(after(web), Progress.NONE));
    }

    @Test
    void podsThatDoNotGoAreNamedWithWhatHoldsThem() {
        workloads.deployment("web", 1, HELD);
        try (Provider hasty = Sessions.provider(kubeconfig, Sessions.section().put("stopTimeout", "2s"))) {
            Resource web = only(hasty.refresh());

            ChartreuseException late =
                    assertThrows(ChartreuseException.class, () -> hasty.converge(during(web), Progress.NONE));

            assertEquals(KubernetesError.STOP_TIMEOUT, late.diagnostics().get(0).code());
            assertTrue(late.getMessage().contains("web-"), late.getMessage());
            assertTrue(late.getMessage().contains("held by finalizer chartreuse.io/test-hold"), late.getMessage());
        } finally {
            workloads.releasePods("web");
        }
    }

    @Test
    void anInterruptedWaitEndsAndLeavesTheFormerStateBehind() throws Exception {
        workloads.deployment("web", 1, HELD);
        Resource web = only(provider.refresh());
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread run = new Thread(() -> {
            try {
                provider.converge(during(web), message -> {
                    if (message.startsWith("1 pod left")) {
                        waiting.countDown();
                    }
                });
                ended.complete(null);
            } catch (Throwable thrown) {
                ended.complete(thrown);
            }
        });
        run.start();
        assertTrue(waiting.await(30, TimeUnit.SECONDS));

        run.interrupt();

        assertEquals(InterruptedException.class, ended.get(10, TimeUnit.SECONDS).getClass());
        assertEquals("1", labels().get("chartreuse.io/former-replicas"));
        workloads.releasePods("web");
    }

    @Test
    void aRefusedRequestIsToldWithTheRuleThatIsMissing() {
        assumeFalse(cluster.isReal(), "rights are taken away by another test there");
        workloads.deployment("web", 1);
        Resource web = only(provider.refresh());
        cluster.server()
                .expect()
                .patch()
                .withPath(
                        "/apis/apps/v1/namespaces/" + cluster.namespace() + "/deployments/web?fieldManager=chartreuse")
                .andReturn(403, "")
                .always();

        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> provider.converge(during(web), Progress.NONE));

        var problem = refused.diagnostics().get(0);
        assertEquals(KubernetesError.FORBIDDEN, problem.code());
        assertEquals("may not patch deployments.apps \"web\" in namespace " + cluster.namespace(), problem.summary());
        assertTrue(
                problem.remedy().contains("{apiGroups: [\"apps\"], resources: [\"deployments\"], verbs: [\"patch\"]}"),
                problem.remedy());
    }

    private Map<String, String> labels() {
        return workloads.deployment("web").getMetadata().getLabels();
    }

    private Map<String, String> annotations() {
        return workloads.deployment("web").getMetadata().getAnnotations();
    }

    private void assertNoMarks() {
        assertFalse(bearsMarks(workloads.deployment("web")));
    }

    private static boolean bearsMarks(HasMetadata object) {
        return Stream.of(
                        object.getMetadata().getAnnotations(),
                        object.getMetadata().getLabels())
                .filter(Objects::nonNull)
                .flatMap(all -> all.entrySet().stream())
                .anyMatch(KubernetesProviderConvergeTest::isMark);
    }

    /** The in-process server keeps a key that was set to null. */
    private static boolean isMark(Map.Entry<String, String> annotation) {
        return annotation.getValue() != null
                && (annotation.getKey().contains("chartreuse.io/")
                        || annotation.getKey().startsWith("wiremind.io/"));
    }
}
