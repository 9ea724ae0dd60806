package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The objects of one kind in the namespace, whatever the kind: read, and edited without losing anybody's change. */
final class KindObjects {

    /** Controllers write often, but not ten times between our read and our write. */
    private static final int TRIES = 10;

    private final Cluster cluster;
    private final WorkloadKind kind;

    KindObjects(Cluster cluster, WorkloadKind kind) {
        this.cluster = cluster;
        this.kind = kind;
    }

    Optional<GenericKubernetesResource> find(String name) {
        return Optional.ofNullable(cluster.call(
                kind.request("get", name), client -> in(client).withName(name).get()));
    }

    /** All of them; empty where the cluster does not know the kind. */
    Optional<List<GenericKubernetesResource>> list() {
        try {
            return Optional.of(cluster.call(
                    kind.request("list", ""), client -> in(client).list().getItems()));
        } catch (ApiException e) {
            if (e.notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Changes an object as {@code decide} says. Begins with the version that was read already; where another writer was
     * faster, the object is read again and decided anew.
     *
     * @param decide a JSON merge patch (RFC 7386) for the object as read; empty where nothing is to be done
     * @return the object as it is now; empty where there is none
     * @throws ChartreuseException where the request fails, or others write all the time
     */
    Optional<GenericKubernetesResource> edit(
            GenericKubernetesResource known, Function<GenericKubernetesResource, Optional<ObjectNode>> decide) {
        Optional<GenericKubernetesResource> current = Optional.of(known);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<ObjectNode> patch = current.flatMap(decide);
            if (patch.isEmpty()) {
                return current;
            }
            Optional<GenericKubernetesResource> written = patch(current.get(), patch.get());
            if (written.isPresent()) {
                return written;
            }
            current = find(known.getMetadata().getName());
        }
        throw continuousConflict(known.getMetadata().getName());
    }

    /** Applies the patch to that version of the object only; empty where it is no longer the newest. */
    private Optional<GenericKubernetesResource> patch(GenericKubernetesResource current, ObjectNode patch) {
        String name = current.getMetadata().getName();
        ObjectNode versioned = patch.deepCopy();
        versioned
                .withObject("/metadata")
                .put("uid", current.getMetadata().getUid())
                .put("resourceVersion", current.getMetadata().getResourceVersion());
        return cluster.write(
                kind.request("patch", name),
                client -> in(client).withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), versioned.toString()));
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            in(KubernetesClient client) {
        return client.genericKubernetesResources(kind.definition()).inNamespace(cluster.namespace());
    }

    private ChartreuseException continuousConflict(String name) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.CONTINUOUS_CONFLICT,
                "%s \"%s\" in namespace %s was changed by others each of the %d times that it was to be written"
                        .formatted(kind.kind(), name, cluster.namespace(), TRIES),
                "Find what writes it all the time (kubectl get --show-managed-fields -o yaml), then run the command"
                        + " again"));
    }
}
