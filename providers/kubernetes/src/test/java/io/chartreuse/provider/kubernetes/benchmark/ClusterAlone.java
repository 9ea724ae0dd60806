package io.chartreuse.provider.kubernetes.benchmark;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The time that the cluster itself needs: the fewest writes, all at once, and no reads but one watch of the pods. */
final class ClusterAlone {

    private final KubernetesClient client;
    private final BenchmarkNamespace namespace;
    private final boolean stateWritten;

    /** @param stateWritten whether the patches also save the former state and remove it again */
    ClusterAlone(KubernetesClient client, BenchmarkNamespace namespace, boolean stateWritten) {
        this.client = client;
        this.namespace = namespace;
        this.stateWritten = stateWritten;
    }

    Times measure() throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(namespace.deployments().size());
        try (SharedIndexInformer<Pod> pods =
                client.pods().inNamespace(namespace.name()).inform()) {
            long begun = System.nanoTime();
            String run = quoted(UUID.randomUUID().toString());
            all(threads, name -> {
                patchAutoscaler(name, run, "{\"scaleUp\": {\"selectPolicy\": \"Disabled\"}}");
                patchDeployment(name, run, 0);
            });
            while (!pods.getStore().list().isEmpty()) {
                LockSupport.parkNanos(5_000_000);
            }
            long gone = System.nanoTime();
            all(threads, name -> {
                patchDeployment(name, "null", BenchmarkNamespace.PODS);
                patchAutoscaler(name, "null", "null");
            });
            return new Times(Duration.ofNanos(gone - begun), Duration.ofNanos(System.nanoTime() - gone));
        } finally {
            threads.shutdownNow();
        }
    }

    private void all(ExecutorService threads, Consumer<String> work) throws Exception {
        List<? extends Future<?>> done = namespace.deployments().stream()
                .map(name -> threads.submit(() -> work.accept(name)))
                .toList();
        for (Future<?> each : done) {
            each.get();
        }
    }

    private void patchDeployment(String name, String run, int replicas) {
        client.apps()
                .deployments()
                .inNamespace(namespace.name())
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{" + annotations(run) + "\"spec\": {\"replicas\": " + replicas + "}}");
    }

    private void patchAutoscaler(String name, String run, String behavior) {
        client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace.name())
                .resource(new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{" + annotations(run) + "\"spec\": {\"behavior\": " + behavior + "}}");
    }

    /** As many annotations as the provider writes, and as long ones. */
    private String annotations(String run) {
        return stateWritten
                ? "\"metadata\": {\"annotations\": {\"benchmark.io/by\": %s, \"benchmark.io/run\": %s, \"benchmark.io/since\": %s, \"benchmark.io/was\": %s}},"
                        .formatted(run, run, run, run)
                : "";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
