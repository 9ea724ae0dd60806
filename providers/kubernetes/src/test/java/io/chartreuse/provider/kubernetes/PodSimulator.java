package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Simulates a cluster's controllers and kubelet. It keeps as many pods as a Deployment asks for. It makes them ready
 * after the seconds in their annotation {@code local/start-seconds} (at once without it), and ends them a moment after
 * they are no longer wanted. It writes the Deployment's status. It polls and does not watch: the in-process server
 * begins a watch with the existing objects, and forgets objects that were deleted since the list before it.
 */
final class PodSimulator implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;
    private static final String REPLICA_SET_SUFFIX = "-6f5d9c7b8";

    private final KubernetesClient client;
    private final String namespace;
    private final Set<String> surplus = new HashSet<>();
    private final Map<String, Long> made = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "pod-simulator");
        daemon.setDaemon(true);
        return daemon;
    });

    PodSimulator(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            List<Deployment> deployments =
                    client.apps().deployments().inNamespace(namespace).list().getItems();
            deployments.forEach(this::reconcile);
            List<StatefulSet> sets =
                    client.apps().statefulSets().inNamespace(namespace).list().getItems();
            sets.forEach(this::reconcile);
            List<ReplicaSet> replicaSets = client.apps().replicaSets().inNamespace(namespace).list().getItems().stream()
                    .filter(set -> set.getMetadata().getOwnerReferences().isEmpty())
                    .toList();
            replicaSets.forEach(this::reconcile);
            Set<String> owners = deployments.stream()
                    .map(deployment -> deployment.getMetadata().getName() + REPLICA_SET_SUFFIX)
                    .collect(Collectors.toSet());
            sets.forEach(set -> owners.add(set.getMetadata().getName()));
            replicaSets.forEach(set -> owners.add(set.getMetadata().getName()));
            collectGarbage(owners);
        } catch (KubernetesClientException changedMeanwhile) {
            // the next poll sees it
        }
    }

    private void reconcile(Deployment live) {
        List<Pod> pods = pods(live);
        int wanted = live.getSpec().getReplicas();
        pods.stream().skip(wanted).forEach(this::end);
        for (int made = pods.size(); made < wanted; made++) {
            client.resource(pod(live)).create();
        }
        pods.forEach(this::ready);
        if (pods.size() <= wanted) {
            writeStatus(live, wanted, (int)
                    pods.stream().filter(PodSimulator::isReady).count());
        }
    }

    /** Ends the pod at the second poll, so that its end takes visible time. */
    private void end(Pod pod) {
        if (!surplus.add(pod.getMetadata().getName()) && pod.getMetadata().getDeletionTimestamp() == null) {
            client.resource(pod).delete();
        }
    }

    private void reconcile(StatefulSet live) {
        int wanted = live.getSpec().getReplicas();
        int ready = reconcile(
                live, wanted, live.getSpec().getSelector(), live.getSpec().getTemplate());
        if (ready >= 0) {
            var status = new StatefulSetStatusBuilder()
                    .withReplicas(wanted)
                    .withUpdatedReplicas(wanted)
                    .withReadyReplicas(ready)
                    .withAvailableReplicas(ready)
                    .withObservedGeneration(live.getMetadata().getGeneration())
                    .build();
            if (!Objects.equals(status, live.getStatus())) {
                client.resource(new StatefulSetBuilder(live).withStatus(status).build())
                        .lockResourceVersion(live.getMetadata().getResourceVersion())
                        .updateStatus();
            }
        }
    }

    private void reconcile(ReplicaSet live) {
        int wanted = live.getSpec().getReplicas();
        int ready = reconcile(
                live, wanted, live.getSpec().getSelector(), live.getSpec().getTemplate());
        if (ready >= 0) {
            var status = new ReplicaSetStatusBuilder()
                    .withReplicas(wanted)
                    .withReadyReplicas(ready)
                    .withAvailableReplicas(ready)
                    .withObservedGeneration(live.getMetadata().getGeneration())
                    .build();
            if (!Objects.equals(status, live.getStatus())) {
                client.resource(new ReplicaSetBuilder(live).withStatus(status).build())
                        .lockResourceVersion(live.getMetadata().getResourceVersion())
                        .updateStatus();
            }
        }
    }

    /** The number of ready pods; -1 while there are more than wanted. */
    private int reconcile(HasMetadata owner, int wanted, LabelSelector selector, PodTemplateSpec template) {
        List<Pod> pods = client.pods()
                .inNamespace(namespace)
                .withLabelSelector(selector)
                .list()
                .getItems();
        pods.stream().skip(wanted).forEach(this::end);
        for (int made = pods.size(); made < wanted; made++) {
            client.resource(pod(owner, template)).create();
        }
        pods.forEach(this::ready);
        return pods.size() <= wanted
                ? (int) pods.stream().filter(PodSimulator::isReady).count()
                : -1;
    }

    /** Makes the pod ready once its time has come; keeps what others wrote about a pod that is not ready. */
    private void ready(Pod pod) {
        long since = made.computeIfAbsent(pod.getMetadata().getName(), any -> System.nanoTime());
        double seconds = Double.parseDouble(
                Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of())
                        .getOrDefault("local/start-seconds", "0"));
        if (!isReady(pod) && System.nanoTime() - since >= seconds * 1e9) {
            client.resource(new PodBuilder(pod)
                            .withNewStatus()
                            .withPhase("Running")
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus("True")
                            .endCondition()
                            .endStatus()
                            .build())
                    .updateStatus();
        }
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private void collectGarbage(Set<String> owners) {
        client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> owners.contains(owner.getName())))
                .forEach(this::end);
    }

    private void writeStatus(Deployment live, int replicas, int ready) {
        var status = new DeploymentStatusBuilder()
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withObservedGeneration(live.getMetadata().getGeneration())
                .build();
        if (!Objects.equals(status, live.getStatus())) {
            client.resource(new DeploymentBuilder(live).withStatus(status).build())
                    .lockResourceVersion(live.getMetadata().getResourceVersion())
                    .updateStatus();
        }
    }

    private List<Pod> pods(Deployment deployment) {
        return client.pods()
                .inNamespace(namespace)
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems();
    }

    private Pod pod(Deployment deployment) {
        return pod(replicaSet(deployment), deployment.getSpec().getTemplate());
    }

    private Pod pod(HasMetadata owner, PodTemplateSpec template) {
        return new PodBuilder()
                .withMetadata(template.getMetadata())
                .editMetadata()
                .withName(owner.getMetadata().getName() + "-"
                        + UUID.randomUUID().toString().substring(0, 5))
                .withNamespace(namespace)
                .withOwnerReferences(controlledBy(owner))
                .endMetadata()
                .withSpec(template.getSpec())
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    private ReplicaSet replicaSet(Deployment deployment) {
        String name = deployment.getMetadata().getName() + REPLICA_SET_SUFFIX;
        var sets = client.apps().replicaSets().inNamespace(namespace);
        ReplicaSet found = sets.withName(name).get();
        return found != null
                ? found
                : sets.resource(new ReplicaSetBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withLabels(deployment.getSpec().getSelector().getMatchLabels())
                                .withOwnerReferences(controlledBy(deployment))
                                .endMetadata()
                                .build())
                        .create();
    }

    private static OwnerReference controlledBy(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build();
    }
}
