package io.chartreuse.provider.kubernetes.benchmark;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A namespace with Deployments of two pods, each with its autoscaler and its ExpectedDeploymentScale. */
final class BenchmarkNamespace implements AutoCloseable {

    static final String RELEASE = "benchmark";
    static final int PODS = 2;

    private final KubernetesClient client;
    private final String name =
            "chartreuse-benchmark-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> deployments;

    BenchmarkNamespace(KubernetesClient client, int workloads) {
        this.client = client;
        this.deployments =
                IntStream.range(0, workloads).mapToObj("web-%03d"::formatted).toList();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        deployments.forEach(this::create);
    }

    String name() {
        return name;
    }

    List<String> deployments() {
        return deployments;
    }

    /** Waits until all pods run and the controllers have nothing more to do. */
    void awaitSteady() {
        while (!steady()) {
            LockSupport.parkNanos(200_000_000);
        }
        LockSupport.parkNanos(2_000_000_000);
    }

    private boolean steady() {
        return client.apps().deployments().inNamespace(name).list().getItems().stream()
                .allMatch(live -> Integer.valueOf(PODS).equals(live.getSpec().getReplicas())
                        && live.getStatus() != null
                        && Integer.valueOf(PODS).equals(live.getStatus().getReadyReplicas()));
    }

    private void create(String deployment) {
        client.resource(deployment(deployment)).create();
        client.resource(autoscaler(deployment)).create();
        client.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("wiremind.io/v1")
                        .withKind("ExpectedDeploymentScale")
                        .withNewMetadata()
                        .withName(deployment)
                        .withNamespace(name)
                        .addToLabels("app.kubernetes.io/instance", RELEASE)
                        .addToLabels("release", RELEASE)
                        .endMetadata()
                        .addToAdditionalProperties("spec", Map.of("deploymentName", deployment, "expectedScale", PODS))
                        .build())
                .create();
    }

    private io.fabric8.kubernetes.api.model.apps.Deployment deployment(String deployment) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(deployment)
                .withNamespace(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(PODS)
                .withNewSelector()
                .addToMatchLabels("app", deployment)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", deployment)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.k8s.io/pause:3.10")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler autoscaler(String deployment) {
        return new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName(deployment)
                .withNamespace(name)
                .endMetadata()
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", deployment)
                .withMinReplicas(PODS)
                .withMaxReplicas(2 * PODS)
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        client.namespaces().withName(name).delete();
    }
}
