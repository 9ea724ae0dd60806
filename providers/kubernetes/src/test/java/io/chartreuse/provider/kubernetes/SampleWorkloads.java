package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Creates Deployments, autoscalers and ExpectedDeploymentScales as a release would, and reads them. */
public final class SampleWorkloads {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private static final String IMAGE = "registry.k8s.io/pause:3.10";
    private static final String NEVER = "86400";
    private static final int LONGER_THAN_ANY_TEST = 600;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final String namespace;

    SampleWorkloads(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** A Deployment whose pods do nothing; returns when they are ready. */
    public Deployment deployment(String name, int replicas) {
        return deployment(name, replicas, List.of());
    }

    /**
     * The same with finalizers on each pod: they stay, terminating, until {@link #releasePods}. On a real node a
     * finalizer keeps the object only, so their containers wait in a hook before they end.
     */
    public Deployment deployment(String name, int replicas, List<String> podFinalizers) {
        client.resource(deploymentOf(name, replicas, podFinalizers)).create();
        return awaitPods(name, replicas);
    }

    private Deployment deploymentOf(String name, int replicas, List<String> podFinalizers) {
        DeploymentBuilder deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .withFinalizers(podFinalizers)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(IMAGE)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
        return podFinalizers.isEmpty() ? deployment.build() : endingSlowly(deployment.build());
    }

    private static Deployment endingSlowly(Deployment deployment) {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        pod.setTerminationGracePeriodSeconds(2L * LONGER_THAN_ANY_TEST);
        pod.getContainers()
                .get(0)
                .setLifecycle(new LifecycleBuilder()
                        .withNewPreStop()
                        .withNewSleep((long) LONGER_THAN_ANY_TEST)
                        .endPreStop()
                        .build());
        return deployment;
    }

    /**
     * Waits until the Deployment has that many pods, all of them ready. Polls, for the reason that {@link PodSimulator}
     * does.
     */
    public Deployment awaitPods(String name, int pods) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (pods(name) != pods || !settled(deployment(name))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("deployment " + name + " has " + pods(name) + " pods, not " + pods);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return deployment(name);
    }

    /** Waits until that many pods of the name exist, whatever their controller. */
    void awaitPodCount(String name, int pods) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (pods(name) != pods) {
            if (System.nanoTime() > end) {
                throw new AssertionError(name + " has " + pods(name) + " pods, not " + pods);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** An autoscaler (autoscaling/v2, by CPU) of the Deployment that has its name. */
    public HorizontalPodAutoscaler autoscaler(String name, int min, int max) {
        return client.resource(autoscalerOf(name, min, max).build()).create();
    }

    /** One of the Deployment that has its name, which scales it from 0 by the length of a queue. */
    HorizontalPodAutoscaler autoscalerFromZero(String name, int max) {
        return client.resource(fromZero(name, max)).create();
    }

    /** The same, not yet created. */
    HorizontalPodAutoscaler fromZero(String name, int max) {
        return autoscalerOf(name, 0, max)
                .editSpec()
                .withMetrics(new MetricSpecBuilder()
                        .withType("External")
                        .withNewExternal()
                        .withNewMetric()
                        .withName("queue-length")
                        .endMetric()
                        .withNewTarget()
                        .withType("Value")
                        .withValue(new Quantity("10"))
                        .endTarget()
                        .endExternal()
                        .build())
                .endSpec()
                .build();
    }

    /** One more of that Deployment, which scales down to 1 only. */
    HorizontalPodAutoscaler anotherAutoscaler(String deployment, String name) {
        return client.resource(autoscalerOf(deployment, 1, 5)
                        .editMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** The same, not yet created. */
    public HorizontalPodAutoscalerBuilder autoscalerOf(String name, int min, int max) {
        return new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewScaleTargetRef()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(name)
                .endScaleTargetRef()
                .withMinReplicas(min)
                .withMaxReplicas(max)
                .addNewMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(80)
                .endTarget()
                .endResource()
                .endMetric()
                .endSpec();
    }

    /** The ExpectedDeploymentScale of a release for the Deployment that has its name. */
    public GenericKubernetesResource expectedScale(String release, String deployment, int scale, int priority) {
        return expectedScale(release, deployment, deployment, scale, priority);
    }

    /** The same under another name. */
    public GenericKubernetesResource expectedScale(
            String release, String name, String deployment, int scale, int priority) {
        return expectedScale(
                Map.of("app.kubernetes.io/instance", release, "release", release), name, deployment, scale, priority);
    }

    /** The same with these labels. */
    public GenericKubernetesResource expectedScale(
            Map<String, String> labels, String name, String deployment, int scale, int priority) {
        return client.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("wiremind.io/v1")
                        .withKind("ExpectedDeploymentScale")
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels(labels)
                        .endMetadata()
                        .addToAdditionalProperties(
                                "spec",
                                Map.of("deploymentName", deployment, "expectedScale", scale, "priority", priority))
                        .build())
                .create();
    }

    /** The Deployment as it is. */
    public Deployment deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name).get();
    }

    /** Puts an annotation on the Deployment. */
    public void annotate(String deployment, String key, String value) {
        patch(deployment, "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value));
    }

    /** Puts a label on the Deployment. */
    void label(String deployment, String key, String value) {
        patch(deployment, "{\"metadata\": {\"labels\": {\"%s\": \"%s\"}}}".formatted(key, value));
    }

    /** Takes annotations off the Deployment. */
    public void removeAnnotations(String deployment, String... keys) {
        for (String key : keys) {
            patch(deployment, "{\"metadata\": {\"annotations\": {\"%s\": null}}}".formatted(key));
        }
    }

    /** Takes labels off the Deployment. */
    void removeLabels(String deployment, String... keys) {
        for (String key : keys) {
            patch(deployment, "{\"metadata\": {\"labels\": {\"%s\": null}}}".formatted(key));
        }
    }

    /** Takes the finalizers off the Deployment's pods and ends those that are terminating at once. */
    public void releasePods(String deployment) {
        for (Pod pod : podsOf(deployment)) {
            var live = client.pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName());
            live.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                live.withGracePeriod(0).delete();
            }
        }
    }

    /** Scales the Deployment as a person would. */
    public void scale(String deployment, int replicas) {
        patch(deployment, "{\"spec\": {\"replicas\": %d}}".formatted(replicas));
    }

    /** From now on its pods take so many seconds to be ready. */
    void startSlowly(String deployment, String seconds) {
        patch(
                deployment,
                "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"local/start-seconds\": \"%s\"}}}}}"
                        .formatted(seconds));
    }

    /** Makes its pods run without ever being ready: by a probe, and by an annotation where the node is simulated. */
    void neverReady(String deployment) {
        patchTemplate(deployment, """
                {"name": "main", "image": "%s", "readinessProbe": {"periodSeconds": 1, "tcpSocket": {"port": 9}}}""".formatted(IMAGE));
    }

    /** From now on its pods never start: no node has the image, and none may pull it. */
    void withoutImage(String deployment, String image) {
        patchTemplate(deployment, """
                {"name": "main", "image": "%s", "imagePullPolicy": "Never"}""".formatted(image));
    }

    private void patchTemplate(String deployment, String container) {
        patch(deployment, """
                {"spec": {"template": {"metadata": {"annotations": {"local/start-seconds": "%s"}},
                  "spec": {"containers": [%s]}}}}""".formatted(NEVER, container));
    }

    /** Its pods as they are. */
    List<Pod> podsOf(String name) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("app", name)
                .list()
                .getItems();
    }

    /** The autoscaler as it is. */
    public HorizontalPodAutoscaler autoscaler(String name) {
        return client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** Its pods that have neither ended nor are about to. */
    List<Pod> startedPodsOf(String name) {
        return podsOf(name).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && !hasEnded(pod))
                .toList();
    }

    /**
     * The number of the workload's pods that have not ended. A deleted pod's object goes later: until then its phase
     * says that its containers have ended.
     */
    public long pods(String name) {
        return client.pods().inNamespace(namespace).withLabel("app", name).list().getItems().stream()
                .filter(pod -> !hasEnded(pod))
                .count();
    }

    private static boolean hasEnded(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getPhase)
                .filter(ENDED::contains)
                .isPresent();
    }

    private void patch(String deployment, String patch) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private static boolean settled(Deployment live) {
        return live != null
                && live.getStatus() != null
                && Stream.of(live.getStatus().getReplicas(), live.getStatus().getReadyReplicas())
                        .map(number -> Objects.requireNonNullElse(number, 0))
                        .allMatch(live.getSpec().getReplicas()::equals);
    }
}
