package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The objects of one type in the cluster's namespace: read, and edited without losing anybody's change. */
public final class LiveObjects<T extends HasMetadata> {

    /** Controllers write often, but not ten times between our read and our write. */
    private static final int TRIES = 10;

    /** From so many on, one list costs the API server less than what each asks for. */
    private static final int CROWD = 8;

    /** The largest list whose objects are kept for the edit that follows. */
    private static final int REMEMBERED = 1000;

    private final Cluster cluster;
    private final Class<T> type;
    private final SharedRead<List<T>> all;
    private final Map<String, T> seen = new ConcurrentHashMap<>();
    private final AtomicInteger asking = new AtomicInteger();

    public LiveObjects(Cluster cluster, Class<T> type) {
        this.cluster = cluster;
        this.type = type;
        this.all = new SharedRead<>(this::readAll);
    }

    /** The object of that name. Where many ask at the same time, they share a list. */
    public Optional<T> find(String name) {
        try {
            return (asking.incrementAndGet() > CROWD ? pick(name) : get(name)).map(this::remember);
        } finally {
            asking.decrementAndGet();
        }
    }

    private Optional<T> get(String name) {
        return Optional.ofNullable(cluster.call(
                ApiRequest.of("get", type, name),
                client -> in(client).withName(name).get()));
    }

    private Optional<T> pick(String name) {
        return list().stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** All of them, as they were at some moment after the call. Threads that ask at the same time share one request. */
    public List<T> list() {
        List<T> objects = all.get();
        if (objects.size() <= REMEMBERED) {
            objects.forEach(this::remember);
        }
        return objects;
    }

    private List<T> readAll() {
        return cluster.call(
                ApiRequest.of("list", type, ""), client -> in(client).list().getItems());
    }

    /** Those that the selector matches. */
    public List<T> list(LabelSelector selector) {
        return cluster.call(
                ApiRequest.of("list", type, ""),
                client -> in(client).withLabelSelector(selector).list().getItems());
    }

    /**
     * Changes an object as {@code decide} says, from its newest version: where another writer was faster, the object is
     * read again and decided anew.
     *
     * @param decide a JSON merge patch (RFC 7386) for the object as read; empty where nothing is to be done
     * @return the object as it is now; empty where there is none
     * @throws ChartreuseException where the request fails, or others write all the time
     */
    public Optional<T> edit(String name, Function<T, Optional<ObjectNode>> decide) {
        Optional<T> sparedRead = patchAsSeen(name, decide);
        if (sparedRead.isPresent()) {
            return sparedRead;
        }
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<T> current = find(name);
            Optional<ObjectNode> patch = current.flatMap(decide);
            if (patch.isEmpty()) {
                return current;
            }
            Optional<T> written = patch(current.get(), patch.get());
            if (written.isPresent()) {
                return written;
            }
        }
        throw continuousConflict(name);
    }

    /**
     * Tries it on the object as it was read last: where that is no longer the newest version, the patch is refused. What
     * needs no patch, or must not be patched, is said of the newest version only.
     */
    private Optional<T> patchAsSeen(String name, Function<T, Optional<ObjectNode>> decide) {
        T last = seen.remove(name);
        if (last == null) {
            return Optional.empty();
        }
        Optional<ObjectNode> patch;
        try {
            patch = decide.apply(last);
        } catch (ChartreuseException refused) {
            return Optional.empty();
        }
        return patch.flatMap(decided -> patch(last, decided));
    }

    private T remember(T object) {
        seen.put(object.getMetadata().getName(), object);
        return object;
    }

    /** Applies the patch to that version of the object only; empty where it is no longer the newest. */
    private Optional<T> patch(T current, ObjectNode patch) {
        String name = current.getMetadata().getName();
        ObjectNode versioned = patch.deepCopy();
        versioned
                .withObject("/metadata")
                .put("uid", current.getMetadata().getUid())
                .put("resourceVersion", current.getMetadata().getResourceVersion());
        return cluster.write(
                ApiRequest.of("patch", type, name),
                client -> in(client).withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), versioned.toString()));
    }

    private NonNamespaceOperation<T, KubernetesResourceList<T>, Resource<T>> in(KubernetesClient client) {
        return client.resources(type).inNamespace(cluster.namespace());
    }

    private ChartreuseException continuousConflict(String name) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.CONTINUOUS_CONFLICT,
                "%s \"%s\" in namespace %s was changed by others each of the %d times that it was to be written"
                        .formatted(HasMetadata.getKind(type), name, cluster.namespace(), TRIES),
                "Find what writes it all the time (kubectl get --show-managed-fields -o yaml), then run the command"
                        + " again"));
    }
}
