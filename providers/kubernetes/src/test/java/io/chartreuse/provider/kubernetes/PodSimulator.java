package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the controllers and the kubelet do in a cluster: keeps as many pods as a Deployment asks for, ends them a moment
 * after they are no longer wanted, and says so in the Deployment's status.
 */
final class PodSimulator implements ResourceEventHandler<Deployment>, AutoCloseable {

    private static final long TERMINATION_MILLIS = 200;

    private final KubernetesClient client;
    private final String namespace;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "pod-simulator");
        daemon.setDaemon(true);
        return daemon;
    });
    private final SharedIndexInformer<Deployment> deployments;

    PodSimulator(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.deployments = client.apps().deployments().inNamespace(namespace).inform(this);
    }

    @Override
    public void onAdd(Deployment added) {
        schedule(added.getMetadata().getName(), 0);
    }

    @Override
    public void onUpdate(Deployment before, Deployment after) {
        int wanted = after.getSpec().getReplicas();
        schedule(after.getMetadata().getName(), wanted < before.getSpec().getReplicas() ? TERMINATION_MILLIS : 0);
    }

    @Override
    public void onDelete(Deployment deleted, boolean stateUnknown) {
        pods(deleted).forEach(pod -> client.resource(pod).delete());
    }

    @Override
    public void close() {
        deployments.stop();
        thread.shutdownNow();
    }

    private void schedule(String name, long millis) {
        try {
            thread.schedule(() -> reconcile(name), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // the fixture is being closed: nobody looks any more
        }
    }

    private void reconcile(String name) {
        Deployment live = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (live == null) {
            return;
        }
        try {
            List<Pod> pods = pods(live);
            int wanted = live.getSpec().getReplicas();
            pods.stream().skip(wanted).forEach(pod -> client.resource(pod).delete());
            for (int made = pods.size(); made < wanted; made++) {
                client.resource(pod(live)).create();
            }
            writeStatus(live, wanted);
        } catch (KubernetesClientException changedMeanwhile) {
            schedule(name, 10);
        }
    }

    private void writeStatus(Deployment live, int replicas) {
        var status = new DeploymentStatusBuilder()
                .withReplicas(replicas)
                .withReadyReplicas(replicas)
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
        var template = deployment.getSpec().getTemplate();
        ReplicaSet owner = replicaSet(deployment);
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
                .withPhase("Running")
                .endStatus()
                .build();
    }

    private ReplicaSet replicaSet(Deployment deployment) {
        String name = deployment.getMetadata().getName() + "-6f5d9c7b8";
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
