package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.provider.kubernetes.fault.Request;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When others start what a run holds stopped, that is noticed at once, reported, and handled as configured. */
class PutBackTest {

    private static final String ASKED = "labels: {release: shop}, annotations: {chartreuse.io/stop: 'true'}";

    /** Less than the half minute after which a change is noticed where the watch is dead. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    /** The pause between two reads of an object that is not watched. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private final Manifests manifests = new Manifests(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void itIsStoppedAgainAndComesBackAsItWas() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = provider("stop")) {
            Resource web = stopped(provider);
            try (Watching watching = new Watching(provider, during(web))) {
                putBack("web", 2);

                String said = watching.await("put back: ");
                watching.await("still: ");

                assertTrue(said.startsWith("put back: was put back to 2 replicas by " + gitOps()), said);
                assertTrue(said.endsWith(": it is stopped again"), said);
                assertEquals(0, workloads.deployment("web").getSpec().getReplicas());
                assertEquals(0, workloads.pods("web"));
            }
            assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
            assertEquals(3, workloads.deployment("web").getSpec().getReplicas());
        }
    }

    @Test
    void aControllerThatPutsItBackForEverEndsTheRunAndIsNamed() throws InterruptedException {
        workloads.deployment("web", 1);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = provider("stop")) {
            Resource web = stopped(provider);
            try (Watching watching = new Watching(provider, during(web))) {
                for (int times = 1; times <= 3; times++) {
                    int stops = times;
                    putBack("web", 1);
                    watching.await(
                            () -> watching.told().stream()
                                            .filter(line -> line.startsWith("still: "))
                                            .count()
                                    == stops,
                            "stop " + times);
                }
                putBack("web", 1);

                Diagnostic why = problem(watching.awaitFailure());

                assertEquals(KubernetesError.PUT_BACK, why.code());
                assertTrue(why.summary().contains("for the 4th time in this run"), why.summary());
                assertTrue(why.summary().contains(gitOps()), why.summary());
                assertEquals(1, workloads.deployment("web").getSpec().getReplicas());
            }
        }
    }

    @Test
    void theRunIsToldToFailWhereTheConfigurationSaysSo() throws InterruptedException {
        manifests.statefulSet("db", 2, ASKED);
        try (Provider provider = provider("fail")) {
            Resource db = stopped(provider);
            try (Watching watching = new Watching(provider, during(db))) {
                Manifests.patch(manifests.statefulSet("db"), "{'spec': {'replicas': 1}}");

                Diagnostic why = problem(watching.awaitFailure());

                assertEquals(KubernetesError.PUT_BACK, why.code());
                assertTrue(why.summary().startsWith("statefulset \"db\" was put back to 1 replica by "), why.summary());
                assertTrue(watching.await("put back: ").endsWith(": the run ends"));
            }
        }
    }

    @Test
    void itIsOnlySaidWhereTheConfigurationSaysSo() throws InterruptedException {
        workloads.deployment("web", 1);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = provider("warn")) {
            Resource web = stopped(provider);
            try (Watching watching = new Watching(provider, during(web))) {
                putBack("web", 1);

                assertTrue(watching.await("put back: ").endsWith(": the run goes on"));

                workloads.awaitPods("web", 1);
                workloads.scale("web", 0);
                watching.await("still: stands still again");
                assertEquals(2, watching.told().size(), watching.told().toString());
            }
        }
    }

    @Test
    void aCronJobThatIsResumedIsSuspendedAgain() throws InterruptedException {
        manifests.cronJob("nightly", false, ASKED);
        try (Provider provider = provider("stop")) {
            Resource nightly = stopped(provider);
            try (Watching watching = new Watching(provider, during(nightly))) {
                Manifests.patch(manifests.cronJob("nightly"), "{'spec': {'suspend': false}}");

                assertTrue(watching.await("put back: ").startsWith("put back: was resumed by "));
                watching.await("still: ");

                assertEquals(true, manifests.cronJob("nightly").get().get("spec", "suspend"));
            }
            assertEquals(nightly.desired(), provider.converge(after(nightly), Progress.NONE));
            assertEquals(false, manifests.cronJob("nightly").get().get("spec", "suspend"));
        }
    }

    @Test
    void anAutoscalerThatIsResumedIsPausedAgain() throws InterruptedException {
        cluster.withDefinition("scaledobjects.yaml");
        manifests.statefulSet("db", 2, ASKED);
        manifests.scaledObject("db-scaler", "StatefulSet", "db", "");
        try (Provider provider = provider("stop")) {
            Resource db = stopped(provider);
            try (Watching watching = new Watching(provider, during(db))) {
                Manifests.patch(
                        manifests.scaledObject("db-scaler"),
                        "{'metadata': {'annotations': {'autoscaling.keda.sh/paused-replicas': null}}}");

                assertTrue(watching.await("still: ").startsWith("still: had its autoscaler db-scaler resumed by "));
                watching.await(
                        () -> "0"
                                .equals(manifests
                                        .scaledObject("db-scaler")
                                        .get()
                                        .getMetadata()
                                        .getAnnotations()
                                        .get("autoscaling.keda.sh/paused-replicas")),
                        "the pause");
            }
            assertEquals(db.desired(), provider.converge(after(db), Progress.NONE));
        }
    }

    @Test
    void anotherReleaseThatLetsGoHasPutNothingBack() throws InterruptedException {
        workloads.deployment("web", 2);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        try (Provider mine = provider("fail");
                Provider theirs = provider("stop", "billing")) {
            Resource web = stopped(mine);
            Resource shared = stopped(theirs);
            try (Watching watching = new Watching(mine, during(web))) {
                theirs.converge(after(shared), Progress.NONE);

                putBack("web", 2); // the first report is this change, and not the other release's

                assertTrue(watching.await("put back: ").contains("to 2 replicas"));
                assertEquals(1, watching.told().size(), watching.told().toString());
            }
        }
    }

    @Test
    void whatTwoReleasesHoldStaysHeldByBothWhenItIsStoppedAgain() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        try (Provider mine = provider("stop");
                Provider theirs = provider("stop", "billing")) {
            Resource web = stopped(mine);
            Resource shared = stopped(theirs);
            try (Watching first = new Watching(mine, during(web));
                    Watching second = new Watching(theirs, during(shared))) {
                putBack("web", 1);
                first.await(
                        () -> workloads.deployment("web").getSpec().getReplicas() == 0 && isHeldByBoth(),
                        "both to hold it again");
                assertTrue(first.told().size() + second.told().size() > 0);
            }
            mine.converge(after(web), Progress.NONE);
            assertEquals(0, workloads.deployment("web").getSpec().getReplicas());
            theirs.converge(after(shared), Progress.NONE);
            assertEquals(3, workloads.deployment("web").getSpec().getReplicas());
        }
    }

    @Test
    void aWatchThatIsCutIsTakenUpAndNoticesAtOnce() throws InterruptedException {
        manifests.statefulSet("db", 1, ASKED);
        Path kubeconfig = cluster.writeKubeconfig(directory.resolve("cut"));
        try (FaultProxy proxy = FaultProxy.before(kubeconfig);
                Provider provider = Sessions.provider(kubeconfig, Sessions.section())) {
            Resource db = stopped(provider);
            try (Watching watching = new Watching(provider, during(db))) {
                watching.await(() -> watches(proxy) == 1, "the watch");
                proxy.cutWatches();
                watching.await(() -> watches(proxy) > 1, "another watch");
                long begun = System.nanoTime();
                Manifests.patch(manifests.statefulSet("db"), "{'spec': {'replicas': 1}}");

                watching.await("put back: ");

                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                assertTrue(took.compareTo(AT_ONCE) < 0, "noticed after " + took);
            }
        }
    }

    @Test
    void whatMayNotBeWatchedIsLookedAtEveryFewSeconds() throws InterruptedException {
        manifests.statefulSet("db", 1, ASKED);
        Path kubeconfig = cluster.writeKubeconfig(directory.resolve("denied"));
        try (FaultProxy proxy = FaultProxy.before(kubeconfig);
                Provider provider = Sessions.provider(kubeconfig, Sessions.section())) {
            Resource db = stopped(provider);
            proxy.next(1000, Request::isWatch, Fault.status(403, "statefulsets is forbidden"));
            try (Watching watching = new Watching(provider, during(db))) {
                Manifests.patch(manifests.statefulSet("db"), "{'spec': {'replicas': 1}}");

                watching.await("put back: ");
                watching.await("still: ");
            }
        }
    }

    @Test
    void anOutageThatLastsLongerThanTheRetriesEndsNoRun() throws InterruptedException {
        manifests.statefulSet("db", 1, ASKED);
        Path kubeconfig = cluster.writeKubeconfig(directory.resolve("away"));
        try (FaultProxy proxy = FaultProxy.before(kubeconfig);
                Provider provider = Sessions.provider(
                        kubeconfig, Sessions.section().put("retryBudget", "5s").put("requestTimeout", "5s"))) {
            Resource db = stopped(provider);
            proxy.next(1000, request -> request.target().contains("/statefulsets"), Fault.reset());
            try (Watching watching = new Watching(provider, during(db))) {
                watching.await(() -> wasLookedAgain(proxy), "a look after the retries were given up");
                proxy.heal();
                Manifests.patch(manifests.statefulSet("db"), "{'spec': {'replicas': 1}}");

                watching.await("put back: ");
                watching.await("still: ");
            }
        }
    }

    @Test
    void whoIsToldThatItComesBackStopsNothingMore() throws InterruptedException {
        workloads.deployment("web", 1);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = provider("stop")) {
            Resource web = stopped(provider);
            new Watching(provider, during(web)).close();
            provider.converge(after(web), Progress.NONE);
            Thread.currentThread().interrupt();
            boolean refused = false;
            try {
                provider.converge(during(web), Progress.NONE);
            } catch (InterruptedException expected) {
                refused = true;
            }
            assertTrue(refused);
            assertEquals(1, workloads.deployment("web").getSpec().getReplicas());
        }
    }

    @Test
    void aRestoreSaysWhatItFindsRunningAndWhoSetIt() throws InterruptedException {
        workloads.deployment("web", 2);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        ReportedProgress told = new ReportedProgress();
        try (Provider provider = provider("stop")) {
            Resource web = stopped(provider);
            putBack("web", 2);

            assertEquals(web.desired(), provider.converge(after(web), told));

            told.await(
                    cluster.isReal() ? "it runs already, set by field manager \"some-gitops\"" : "it runs already: ");
        }
    }

    @Test
    void aResumedRunSaysThatItsWorkloadRunsAgain() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        ReportedProgress told = new ReportedProgress();
        try (Provider provider = provider("stop")) {
            Step stop = during(only(provider.refresh()));
            provider.converge(stop, Progress.NONE);
            putBack("web", 1);
            try (Provider resumed = provider("stop")) {
                Resource web = only(resumed.refresh());
                resumed.converge(stop, told);

                told.await("runs again since run run-1 of release shop since ");
                assertEquals(json("{'replicas': 3}"), resumed.converge(after(web), Progress.NONE));
            }
        }
    }

    /** Leaves out retries, which follow each other more closely. */
    private static boolean wasLookedAgain(FaultProxy proxy) {
        List<Request> asked = proxy.requests("GET", "/statefulsets");
        return IntStream.range(1, asked.size())
                .anyMatch(i -> asked.get(i).nanos() - asked.get(i - 1).nanos() > BETWEEN_LOOKS.toNanos());
    }

    private boolean isHeldByBoth() {
        var labels = workloads.deployment("web").getMetadata().getLabels();
        return labels.containsKey("holder.chartreuse.io/shop") && labels.containsKey("holder.chartreuse.io/billing");
    }

    private static long watches(FaultProxy proxy) {
        return proxy.requests("GET", "/statefulsets").stream()
                .filter(Request::isWatch)
                .count();
    }

    private static Resource stopped(Provider provider) throws InterruptedException {
        Resource found = only(provider.refresh());
        provider.converge(during(found), Progress.NONE);
        return found;
    }

    private static Diagnostic problem(RuntimeException failure) {
        return only(assertInstanceOf(ChartreuseException.class, failure).diagnostics());
    }

    private void putBack(String deployment, int replicas) {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName(deployment)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("some-gitops")
                                .build(),
                        "{\"spec\": {\"replicas\": " + replicas + "}}");
    }

    private String gitOps() {
        return cluster.isReal() ? "field manager \"some-gitops\" at 20" : "another";
    }

    private Provider provider(String onInterference) {
        return provider(onInterference, RELEASE);
    }

    private Provider provider(String onInterference, String holder) {
        return Sessions.provider(
                cluster.writeKubeconfig(directory.resolve("kubeconfig")), (ObjectNode) Sessions.section()
                        .put("onInterference", onInterference)
                        .set("workloads", Sessions.yaml("{holder: " + holder + "}")));
    }
}
