package io.chartreuse.provider.kubernetes.benchmark;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What the cluster itself needs: the fewest writes, all at once, nothing read but one watch of the pods. */
final class ClusterAlone {

    private final KubernetesClient client;
    private final BenchmarkNamespace namespace;

    ClusterAlone(KubernetesClient client, BenchmarkNamespace namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** From the first write that stops to the answer of the last one that starts. */
    Duration measure() throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(namespace.deployments().size());
        try (SharedIndexInformer<Pod> pods =
                client.pods().inNamespace(namespace.name()).inform()) {
            long begun = System.nanoTime();
            all(threads, name -> {
                patchAutoscaler(name, "{\"spec\": {\"behavior\": {\"scaleUp\": {\"selectPolicy\": \"Disabled\"}}}}");
                patchDeployment(name, 0);
            });
            while (!pods.getStore().list().isEmpty()) {
                LockSupport.parkNanos(5_000_000);
            }
            all(threads, name -> {
                patchDeployment(name, BenchmarkNamespace.PODS);
                patchAutoscaler(name, "{\"spec\": {\"behavior\": null}}");
            });
            return Duration.ofNanos(System.nanoTime() - begun);
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

    private void patchDeployment(String name, int replicas) {
        client.apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"replicas\": " + replicas + "}}");
    }

    private void patchAutoscaler(String name, String patch) {
        client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace.name())
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }
}
