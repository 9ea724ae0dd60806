package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of workload that can be scaled to 0 or suspended, and started again.
 *
 * @param apiVersion   {@code apps/v1}
 * @param kind         {@code StatefulSet}
 * @param plural       as in the API's paths: {@code statefulsets}
 * @param replicasPath the path of the number of replicas: {@code spec}, {@code replicas}
 */
public record WorkloadKind(String apiVersion, String kind, String plural, List<String> replicasPath) {

    /** The usual path of the replicas. */
    public static final List<String> REPLICAS = List.of("spec", "replicas");

    public static final WorkloadKind DEPLOYMENT = new WorkloadKind("apps/v1", "Deployment", "deployments", REPLICAS);
    public static final WorkloadKind STATEFUL_SET =
            new WorkloadKind("apps/v1", "StatefulSet", "statefulsets", REPLICAS);
    public static final WorkloadKind REPLICA_SET = new WorkloadKind("apps/v1", "ReplicaSet", "replicasets", REPLICAS);
    public static final WorkloadKind CRON_JOB =
            new WorkloadKind("batch/v1", "CronJob", "cronjobs", List.of("spec", "suspend"));

    /** The kinds that every cluster has. */
    public static final List<WorkloadKind> BUILT_IN = List.of(CRON_JOB, DEPLOYMENT, REPLICA_SET, STATEFUL_SET);

    public WorkloadKind {
        replicasPath = List.copyOf(replicasPath);
        if (replicasPath.isEmpty()) {
            throw new IllegalArgumentException(kind + " needs a path to its replicas");
        }
    }

    /** The kind that every cluster has under that name. */
    public static Optional<WorkloadKind> builtIn(String kind) {
        return BUILT_IN.stream().filter(known -> known.kind().equals(kind)).findFirst();
    }

    /** Whether it is suspended rather than scaled. */
    public boolean isSuspended() {
        return equals(CRON_JOB);
    }

    /**
     * The kind in addresses, messages and kubectl commands: {@code statefulset}. A kind that is not built in has its
     * group, which distinguishes kinds of the same name: {@code rollout.argoproj.io}.
     */
    public String word() {
        String word = kind.toLowerCase(Locale.ROOT);
        return BUILT_IN.contains(this) || group().isEmpty() ? word : word + "." + group();
    }

    /** Its API group; empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The unambiguous form for kubectl: {@code statefulsets.v1.apps}. */
    String qualified() {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return group().isEmpty() ? plural : plural + "." + version + "." + group();
    }

    /** The objects of this kind. */
    LiveObjects<GenericKubernetesResource> in(Cluster cluster) {
        return LiveObjects.of(cluster, definition());
    }

    /** All objects of this kind, watched for the threads that wait for some of them. */
    Watched<GenericKubernetesResource> watchedIn(Cluster cluster) {
        return new Watched<>(
                cluster,
                new ApiRequest("watch", group(), plural, ""),
                client -> client.genericKubernetesResources(definition())
                        .inNamespace(cluster.namespace())
                        .runnableInformer(0));
    }

    private ResourceDefinitionContext definition() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group())
                .withVersion(apiVersion.substring(apiVersion.indexOf('/') + 1))
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
