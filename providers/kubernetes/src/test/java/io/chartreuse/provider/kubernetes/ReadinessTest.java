package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ReadinessCheck;
import io.chartreuse.spi.provider.ReadinessState;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wait after a run has started workloads again. */
class ReadinessTest {

    private static final String MISSING_IMAGE = "chartreuse.invalid/shop:9";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private Path kubeconfig;

    @BeforeEach
    void connect() {
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
    }

    @AfterEach
    void disconnect() {
        cluster.close();
    }

    private Provider provider(String timeout) {
        ObjectNode section = Sessions.section();
        section.putObject("ready").put("timeout", timeout);
        return Sessions.provider(kubeconfig, section);
    }

    /** The messages about one workload until it is ready. */
    private static final class Heard implements Progress {

        final List<String> lines = new CopyOnWriteArrayList<>();
        final Map<ReadinessState, String> standings = new ConcurrentHashMap<>();

        @Override
        public void report(String message) {
            lines.add(message);
        }

        @Override
        public void stands(ReadinessState standing, String how) {
            standings.put(standing, how);
        }
    }

    private static List<Diagnostic> await(Provider provider, Step step, Heard heard) throws InterruptedException {
        return ((ReadinessCheck) provider).awaitReady(Map.of(step, heard));
    }

    /** Stopped and started by a run; its pods run and are never ready. */
    private Resource restarted(Provider provider, String name, int replicas) throws InterruptedException {
        return restarted(provider, name, replicas, () -> workloads.neverReady(name));
    }

    /** The same with what happens to it while it is stopped. */
    private Resource restarted(Provider provider, String name, int replicas, Runnable meanwhile)
            throws InterruptedException {
        workloads.deployment(name, replicas);
        workloads.expectedScale(RELEASE, name, 1, 0);
        Resource resource = provider.refresh().stream()
                .filter(found -> found.address().name().equals(name))
                .findFirst()
                .orElseThrow();
        provider.converge(during(resource), Progress.NONE);
        meanwhile.run();
        provider.converge(after(resource), Progress.NONE);
        return resource;
    }

    @Test
    void itReturnsWhenTheLastPodIsReadyAndSaysWhenTheFirstWas() throws InterruptedException {
        try (Provider provider = provider("60s")) {
            Resource web = restarted(provider, "web", 2, () -> workloads.startSlowly("web", "0.5"));
            Heard heard = new Heard();

            assertEquals(List.of(), await(provider, after(web), heard));

            assertEquals("2 of 2 pods ready", heard.standings.get(ReadinessState.READY));
            assertEquals(2, workloads.deployment("web").getStatus().getReadyReplicas());
        }
    }

    @Test
    void aWorkloadThatIsNotReadyInTimeIsNamedWithWhatItsPodsSay() throws Exception {
        try (Provider provider = provider("10s")) {
            Resource web = restarted(provider, "web", 2, () -> workloads.withoutImage("web", MISSING_IMAGE));
            Heard heard = new Heard();
            CompletableFuture<List<Diagnostic>> wait = Background.run(() -> awaited(provider, web, heard));
            workloads.awaitPodCount("web", 2);
            playKubelet(ReadinessTest::missesItsImage);

            Diagnostic problem = only(wait.get(30, TimeUnit.SECONDS));

            assertEquals(KubernetesError.NOT_READY, problem.code());
            assertEquals(1, problem.code().type().exitCode());
            assertEquals(web.address(), problem.address().orElseThrow());
            assertTrue(
                    problem.summary()
                            .startsWith("deployment \"web\" in namespace " + cluster.namespace()
                                    + " is started and not ready after 10s: 0 of 2 pods ready; web-"),
                    problem.summary());
            assertTrue(
                    problem.summary()
                            .contains("container main: ErrImageNeverPull: Container image \"" + MISSING_IMAGE + "\""),
                    problem.summary());
            assertTrue(
                    heard.lines.stream().anyMatch(line -> line.contains("ErrImageNeverPull")), heard.lines.toString());
            assertEquals(2, workloads.deployment("web").getSpec().getReplicas());
        }
    }

    @Test
    void whatRunsAndFailsItsProbeIsToldApartFromWhatHasNotStarted() throws Exception {
        try (Provider provider = provider("10s")) {
            Resource web = restarted(provider, "web", 1);
            CompletableFuture<List<Diagnostic>> wait = Background.run(() -> awaited(provider, web, new Heard()));
            workloads.awaitPodCount("web", 1);
            playKubelet(ReadinessTest::runs);

            String summary = only(wait.get(30, TimeUnit.SECONDS)).summary();

            assertTrue(summary.contains("container main runs and is not ready: its readiness probe"), summary);
        }
    }

    @Test
    void allWaitAtTheSameTime() throws InterruptedException {
        try (Provider provider = provider("3s")) {
            Map<Step, Progress> started = new LinkedHashMap<>();
            for (String name : List.of("api", "web", "worker")) {
                started.put(after(restarted(provider, name, 1)), Progress.NONE);
            }
            long begun = System.nanoTime();

            List<Diagnostic> problems = ((ReadinessCheck) provider).awaitReady(started);

            assertEquals(
                    List.of("api", "web", "worker"),
                    problems.stream()
                            .map(problem -> problem.address().orElseThrow().name())
                            .sorted()
                            .toList());
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(8).toNanos(), "they waited one after another");
        }
    }

    @Test
    void aTimeoutOfNothingAsksTheClusterForNothing() throws InterruptedException {
        try (Provider provider = provider("0s")) {
            Resource web = restarted(provider, "web", 1);
            Heard heard = new Heard();

            assertEquals(List.of(), await(provider, after(web), heard));

            assertEquals(List.of(), heard.lines);
        }
    }

    @Test
    void whatIsScaledMeanwhileIsJudgedByWhatItAsksForThen() throws Exception {
        try (Provider provider = provider("60s")) {
            Resource web = restarted(provider, "web", 2);
            Heard heard = new Heard();
            CompletableFuture<List<Diagnostic>> wait = Background.run(() -> awaited(provider, web, heard));
            await(() -> !heard.lines.isEmpty());

            workloads.scale("web", 0);

            assertEquals(List.of(), wait.get(30, TimeUnit.SECONDS));
            assertFalse(heard.standings.containsKey(ReadinessState.READY), heard.standings.toString());
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        try (Provider provider = provider("10m")) {
            Resource web = restarted(provider, "web", 1);
            Heard heard = new Heard();
            CompletableFuture<String> ended = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    ended.complete("ended: " + await(provider, after(web), heard));
                } catch (InterruptedException e) {
                    ended.complete("interrupted");
                }
            });
            waiting.start();
            await(() -> !heard.lines.isEmpty());

            waiting.interrupt();

            assertEquals("interrupted", ended.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void whatRunsAndOnlyHadAMarkTakenOffIsNotAwaited() throws InterruptedException {
        try (Provider provider = provider("60s")) {
            workloads.deployment("web", 1);
            workloads.expectedScale(RELEASE, "web", 1, 0);
            Resource web = only(provider.refresh());
            Heard heard = new Heard();

            assertEquals(List.of(), await(provider, Sessions.update(web), heard));

            assertEquals(List.of(), heard.lines);
        }
    }

    @Test
    void aQuotaThatLetsNoPodExistIsNamed() throws InterruptedException {
        Assumptions.assumeTrue(cluster.isReal(), "the server of this process knows no quotas");
        try (Provider provider = provider("5s")) {
            workloads.deployment("web", 2);
            workloads.expectedScale(RELEASE, "web", 1, 0);
            Resource web = only(provider.refresh());
            provider.converge(during(web), Progress.NONE);
            cluster.client()
                    .resource(new ResourceQuotaBuilder()
                            .withNewMetadata()
                            .withName("none")
                            .withNamespace(cluster.namespace())
                            .endMetadata()
                            .withNewSpec()
                            .addToHard("pods", new Quantity("0"))
                            .endSpec()
                            .build())
                    .create();
            await(() -> cluster.client()
                            .resourceQuotas()
                            .inNamespace(cluster.namespace())
                            .withName("none")
                            .get()
                            .getStatus()
                            .getHard()
                    != null);
            provider.converge(after(web), Progress.NONE);

            String summary = only(await(provider, after(web), new Heard())).summary();

            assertTrue(summary.contains("0 of 2 pods ready; FailedCreate: "), summary);
            assertTrue(summary.contains("exceeded quota: none"), summary);
            Sessions.finish(provider);
            assertEquals("0 of 2 pods ready", only(provider.refresh()).reason());
        }
    }

    private static List<Diagnostic> awaited(Provider provider, Resource resource, Heard heard) {
        try {
            return await(provider, after(resource), heard);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the status that a kubelet would write, where no kubelet runs the containers. */
    private void playKubelet(Function<Pod, ContainerState> said) {
        if (!cluster.runsContainers()) {
            workloads
                    .startedPodsOf("web")
                    .forEach(pod -> cluster.client()
                            .resource(notReady(pod, said.apply(pod)))
                            .unlock()
                            .updateStatus());
        }
    }

    private static ContainerState missesItsImage(Pod pod) {
        return new ContainerStateBuilder()
                .withNewWaiting(
                        "Container image \"" + MISSING_IMAGE + "\" is not present with pull policy of Never",
                        "ErrImageNeverPull")
                .build();
    }

    private static ContainerState runs(Pod pod) {
        return new ContainerStateBuilder()
                .withNewRunning(pod.getMetadata().getCreationTimestamp())
                .build();
    }

    private static Pod notReady(Pod pod, ContainerState state) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase(state.getRunning() == null ? "Pending" : "Running")
                .addNewContainerStatus()
                .withName("main")
                .withImage("main")
                .withImageID("")
                .withReady(false)
                .withStarted(state.getRunning() != null)
                .withRestartCount(0)
                .withState(state)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come true");
            LockSupport.parkNanos(20_000_000);
        }
    }
}
