package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects of any kind, in the form of a release's templates. */
final class Manifests {

    private static final String PODS = """
            selector: {matchLabels: {app: NAME}}
              template:
                metadata: {labels: {app: NAME}}
                spec: {containers: [{name: main, image: registry.k8s.io/pause:3.10}]}""";

    private final KubernetesClient client;
    private final String namespace;

    Manifests(ClusterFixture cluster) {
        this.client = cluster.client();
        this.namespace = cluster.namespace();
    }

    /** Metadata beside name and namespace in YAML's flow style: {@code labels: {a: b}}. */
    void statefulSet(String name, int replicas, String metadata) {
        create("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec:
                  replicas: %d
                  podManagementPolicy: Parallel
                  serviceName: NAME
                  PODS
                """.formatted(replicas), name, metadata);
    }

    /** One with a volume {@code books} for each replica; {@code policy} is its persistentVolumeClaimRetentionPolicy. */
    void statefulSetWithVolumes(String name, int replicas, String metadata, String policy) {
        create("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec:
                  replicas: %d
                  podManagementPolicy: Parallel
                  serviceName: NAME
                  persistentVolumeClaimRetentionPolicy: %s
                  volumeClaimTemplates:
                  - metadata: {name: books}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                  PODS
                """.formatted(replicas, policy), name, metadata);
    }

    void replicaSet(String name, int replicas, String metadata) {
        create("""
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec:
                  replicas: %d
                  PODS
                """.formatted(replicas), name, metadata);
    }

    void cronJob(String name, boolean suspended, String metadata) {
        create("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec:
                  schedule: "0 0 31 2 *"
                  suspend: %s
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: main, image: registry.k8s.io/pause:3.10}]
                """.formatted(suspended), name, metadata);
    }

    /** An active Job of a CronJob; suspended, so that only the test ends it. */
    void job(String name, String cronJob) {
        String uid = cronJob(cronJob).get().getMetadata().getUid();
        create("""
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: NAME
                  namespace: NAMESPACE
                  ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: %s, uid: %s, controller: true}]
                spec:
                  suspend: true
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: registry.k8s.io/pause:3.10}]
                """.formatted(cronJob, uid), name, "");
    }

    void daemonSet(String name, String metadata) {
        create("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec:
                  PODS
                """, name, metadata);
    }

    /** A Job of its own. */
    void ownJob(String name, boolean suspended, String metadata) {
        create("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec:
                  suspend: %s
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: busybox, command: [sleep, "600"]}]
                """.formatted(suspended), name, metadata);
    }

    void pod(String name, String metadata) {
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec: {containers: [{name: main, image: registry.k8s.io/pause:3.10}]}
                """, name, metadata);
    }

    /** The same with more metadata. */
    void rollout(String group, String name, int replicas, String metadata) {
        create("""
                apiVersion: %s/v1alpha1
                kind: Rollout
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec: {replicas: %d}
                """.formatted(group, replicas), name, metadata);
    }

    /** A custom kind whose replicas stand elsewhere. */
    void queue(String name, int size) {
        create("""
                apiVersion: chartreuse.test/v1
                kind: Queue
                metadata: {name: NAME, namespace: NAMESPACE}
                spec: {size: %d}
                """.formatted(size), name, "");
    }

    /** A Rollout of that API group, without a controller that would make pods for it. */
    void rollout(String group, String name, int replicas) {
        rollout(group, name, replicas, "");
    }

    /** KEDA's scaler of a workload. */
    void scaledObject(String name, String kind, String target, String metadata) {
        create("""
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: NAME, namespace: NAMESPACE, METADATA}
                spec: {scaleTargetRef: {kind: %s, name: %s}, minReplicaCount: 1, maxReplicaCount: 9}
                """.formatted(kind, target), name, metadata);
    }

    Resource<GenericKubernetesResource> statefulSet(String name) {
        return any("apps", "v1", "StatefulSet", "statefulsets", name);
    }

    Resource<GenericKubernetesResource> replicaSet(String name) {
        return any("apps", "v1", "ReplicaSet", "replicasets", name);
    }

    Resource<GenericKubernetesResource> cronJob(String name) {
        return any("batch", "v1", "CronJob", "cronjobs", name);
    }

    Resource<GenericKubernetesResource> queue(String name) {
        return any("chartreuse.test", "v1", "Queue", "queues", name);
    }

    Resource<GenericKubernetesResource> rollout(String group, String name) {
        return any(group, "v1alpha1", "Rollout", "rollouts", name);
    }

    Resource<GenericKubernetesResource> scaledObject(String name) {
        return any("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects", name);
    }

    static void patch(Resource<?> resource, String patch) {
        resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch.replace('\'', '"'));
    }

    private Resource<GenericKubernetesResource> any(
            String group, String version, String kind, String plural, String name) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(group)
                        .withVersion(version)
                        .withKind(kind)
                        .withPlural(plural)
                        .withNamespaced(true)
                        .build())
                .inNamespace(namespace)
                .withName(name);
    }

    private void create(String text, String name, String metadata) {
        String manifest = text.replace("PODS", PODS)
                .replace("NAMESPACE", namespace)
                .replace("NAME", name)
                .replace(", METADATA", metadata.isEmpty() ? "" : ", " + metadata);
        client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .create();
    }
}
