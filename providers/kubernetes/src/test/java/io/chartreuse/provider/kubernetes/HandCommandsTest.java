package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.finish;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in the error start a workload that Chartreuse could not start. */
class HandCommandsTest {

    private static final Fault QUOTA = Fault.status(403, "exceeded quota: pods, requested: 3, used: 9, limited: 10");

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start()
            .withScaleDefinition()
            .withDefinition("scaledobjects.yaml")
            .withDefinition("queues.yaml");
    private final SampleWorkloads workloads = cluster.workloads();
    private final Manifests manifests = new Manifests(cluster);
    private Path administrator;
    private Path kubeconfig;
    private FaultProxy proxy;

    @BeforeEach
    void connectThroughTheProxy() {
        administrator = cluster.writeKubeconfig(directory.resolve("administrator"));
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        proxy = FaultProxy.before(kubeconfig);
    }

    @AfterEach
    void close() {
        proxy.close();
        cluster.close();
    }

    @Test
    void thoseOfADeploymentWithTwoAutoscalersFinishIt() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        workloads.anotherAutoscaler("web", "web-by-night");

        finishes(
                "{kind: Deployment, name: web}",
                "/deployments/web",
                "deployments.v1.apps web",
                "horizontalpodautoscalers.v2.autoscaling web",
                "horizontalpodautoscalers.v2.autoscaling web-by-night");
    }

    @Test
    void theyMayBeTypedWhereOnlyTheLastRequestFailed() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);

        finishes(
                "{kind: Deployment, name: web}",
                "/horizontalpodautoscalers/web",
                "deployments.v1.apps web",
                "horizontalpodautoscalers.v2.autoscaling web");
    }

    @Test
    void thoseOfAStatefulSetWithAScaledObjectFinishIt() throws InterruptedException {
        manifests.statefulSet("db", 2, "");
        workloads.awaitPodCount("db", 2);
        manifests.scaledObject("db", "StatefulSet", "db", "annotations: {autoscaling.keda.sh/paused-replicas: '2'}");

        finishes(
                "{kind: StatefulSet, name: db}",
                "/statefulsets/db",
                "scaledobjects.v1alpha1.keda.sh db",
                "statefulsets.v1.apps db");
    }

    @Test
    void thatOfACronJobFinishesIt() throws InterruptedException {
        manifests.cronJob("nightly", false, "");

        finishes("{kind: CronJob, name: nightly}", "/cronjobs/nightly", "cronjobs.v1.batch nightly");
    }

    @Test
    void thatOfACustomKindFinishesIt() throws InterruptedException {
        manifests.queue("mails", 4);

        finishes(
                "{apiVersion: chartreuse.test/v1, kind: Queue, name: mails, replicasPath: .spec.size}",
                "/queues/mails",
                "queues.v1.chartreuse.test mails");
    }

    private void finishes(String rule, String refused, String... subjects) throws InterruptedException {
        try (Provider provider = provider(rule)) {
            Resource before = only(provider.refresh());
            provider.converge(during(before), Progress.NONE);
            proxy.next(1000, "PATCH", refused, QUOTA);

            Diagnostic problem = assertThrows(
                            ChartreuseException.class, () -> provider.converge(after(before), Progress.NONE))
                    .diagnostics()
                    .get(0);

            assertEquals(KubernetesError.REQUEST_FAILED, problem.code());
            List<PrintedCommand> commands = PrintedCommand.in(problem.remedy());
            assertEquals(
                    List.of(subjects),
                    commands.stream().map(PrintedCommand::subject).toList());
            commands.forEach(command -> command.run(cluster, administrator));

            endOfAnotherRun(rule);
            Resource now = awaitPods(provider, before.reason());
            assertEquals(before.observed(), now.observed());
            assertEquals(before.reason(), now.reason(), "no mark is left");
        }
    }

    /** The workload, once it has that reason; at the latest after half a minute. */
    private static Resource awaitPods(Provider provider, String reason) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Resource now = only(provider.refresh());
        while (!now.reason().equals(reason) && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            now = only(provider.refresh());
        }
        return now;
    }

    /** It gives up what the refused run has left behind. */
    private void endOfAnotherRun(String rule) {
        ObjectNode section = Sessions.section();
        section.putObject("workloads").set("select", Sessions.yaml("[" + rule + "]"));
        try (Provider other = Sessions.provider(administrator, section)) {
            other.refresh();
            finish(other);
        }
    }

    private Provider provider(String rule) {
        ObjectNode section = Sessions.section();
        section.putObject("workloads").set("select", Sessions.yaml("[" + rule + "]"));
        return Sessions.provider(kubeconfig, section);
    }
}
