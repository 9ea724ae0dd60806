package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The objects of one kind in the cluster's namespace. Reads them, and edits them without overwriting changes by others.
 * Simultaneous reads by many threads share one request.
 */
public final class LiveObjects<T extends HasMetadata> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Controllers write often, but not ten times between a read and the write that follows. */
    private static final int TRIES = 10;

    /** From this many objects on, one list costs the API server less than single reads. */
    private static final int CROWD = 8;

    /** How long to wait for other threads that read. */
    private static final Duration COMPANY = Duration.ofMillis(5);

    /** The largest list whose objects are kept for the edit that follows. */
    private static final int REMEMBERED = 1000;

    private final Cluster cluster;
    private final String kind;
    private final String apiVersion;
    private final BiFunction<String, String, ApiRequest> request;
    private final Function<KubernetesClient, NonNamespaceOperation<T, ? extends KubernetesResourceList<T>, Resource<T>>>
            operation;
    private final SharedRead<List<T>> all;
    private final Map<String, T> seen = new ConcurrentHashMap<>();
    private final Map<String, List<ManagedFieldsEntry>> formerOwners = new ConcurrentHashMap<>();
    private final AtomicInteger asking = new AtomicInteger();

    /** The objects of a type that the client library knows. */
    public LiveObjects(Cluster cluster, Class<T> type) {
        this(
                cluster,
                HasMetadata.getKind(type),
                HasMetadata.getApiVersion(type),
                (verb, name) -> ApiRequest.of(verb, type, name),
                client -> client.resources(type).inNamespace(cluster.namespace()));
    }

    private LiveObjects(
            Cluster cluster,
            String kind,
            String apiVersion,
            BiFunction<String, String, ApiRequest> request,
            Function<KubernetesClient, NonNamespaceOperation<T, ? extends KubernetesResourceList<T>, Resource<T>>>
                    operation) {
        this.cluster = cluster;
        this.kind = kind;
        this.apiVersion = apiVersion;
        this.request = request;
        this.operation = operation;
        this.all = new SharedRead<>(this::readAll);
    }

    /** The objects of any kind. */
    public static LiveObjects<GenericKubernetesResource> of(Cluster cluster, ResourceDefinitionContext kind) {
        return new LiveObjects<>(
                cluster,
                kind.getKind(),
                kind.getGroup().isEmpty() ? kind.getVersion() : kind.getGroup() + "/" + kind.getVersion(),
                (verb, name) -> new ApiRequest(verb, kind.getGroup(), kind.getPlural(), name),
                client -> client.genericKubernetesResources(kind).inNamespace(cluster.namespace()));
    }

    /** The object of that name. Many simultaneous calls share a list. */
    public Optional<T> find(String name) {
        asking.incrementAndGet();
        try {
            LockSupport.parkNanos(COMPANY.toNanos());
            return (asking.get() > CROWD ? pick(name) : get(name)).map(this::remember);
        } finally {
            asking.decrementAndGet();
        }
    }

    private Optional<T> get(String name) {
        return Optional.ofNullable(cluster.call(
                request.apply("get", name),
                client -> operation.apply(client).withName(name).get()));
    }

    private Optional<T> pick(String name) {
        return list().stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** The object of that name as it was read or written last; read now where it never was. */
    public Optional<T> recent(String name) {
        return Optional.ofNullable(seen.get(name)).or(() -> find(name));
    }

    /** All objects, as they were at some moment after the call. Simultaneous calls share one request. */
    public List<T> list() {
        return all.get();
    }

    /** All of them; empty where the cluster does not know the kind. */
    public Optional<List<T>> listIfKnown() {
        try {
            return Optional.of(readAll());
        } catch (ApiException e) {
            if (e.notFound() || e.forbidden() && cluster.resources(apiVersion).isEmpty()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Reads all objects at once, without waiting for other threads to share the request. For callers that read alone.
     */
    public List<T> readAll() {
        KubernetesResourceList<T> found = cluster.call(
                request.apply("list", ""), client -> operation.apply(client).list());
        if (found.getItems().size() <= REMEMBERED) {
            found.getItems().forEach(this::remember);
        }
        return found.getItems();
    }

    /**
     * The existing objects of these names: a few are read one by one, many with a list. For callers that read alone.
     */
    public List<T> read(Collection<String> names) {
        return names.size() > CROWD
                ? readAll().stream()
                        .filter(object -> names.contains(object.getMetadata().getName()))
                        .toList()
                : names.stream().flatMap(name -> get(name).stream()).toList();
    }

    /** The objects that the selector matches. */
    public List<T> list(LabelSelector selector) {
        return cluster.call(
                request.apply("list", ""),
                client -> operation
                        .apply(client)
                        .withLabelSelector(selector)
                        .list()
                        .getItems());
    }

    /**
     * Changes an object as {@code decide} says, from its newest version: where another writer was faster, the object is
     * read again and decided anew.
     *
     * @param decide a JSON merge patch (RFC 7386) for the object as read; empty for no change
     * @return the object as it is now; empty when it does not exist
     * @throws ChartreuseException where the request fails, or others write all the time
     */
    public Optional<T> edit(String name, Function<T, Optional<ObjectNode>> decide) {
        Optional<T> sparedRead = patchAsSeen(name, decide);
        if (sparedRead.isPresent()) {
            return sparedRead;
        }
        return find(name).flatMap(current -> edit(current, decide));
    }

    /** The same, starting from a version that was already read. */
    public Optional<T> edit(T known, Function<T, Optional<ObjectNode>> decide) {
        String name = known.getMetadata().getName();
        Optional<T> current = Optional.of(known);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<ObjectNode> patch = current.flatMap(decide);
            if (patch.isEmpty()) {
                return current;
            }
            Optional<T> written = patch(current.get(), patch.get());
            if (written.isPresent()) {
                return written;
            }
            current = find(name);
        }
        throw continuousConflict(name);
    }

    /**
     * Tries the patch on the version that was read last; the server refuses it where a newer one exists. Only the
     * newest version decides that no patch is needed or allowed.
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
        formerOwners.putIfAbsent(name, current.getMetadata().getManagedFields());
        versioned
                .withObject("/metadata")
                .put("uid", current.getMetadata().getUid())
                .put("resourceVersion", current.getMetadata().getResourceVersion());
        return cluster.write(
                        request.apply("patch", name),
                        client -> operation
                                .apply(client)
                                .resource(bare(current)) // by name alone, the library would read it first
                                .patch(context(PatchType.JSON_MERGE), versioned.toString()))
                .map(this::remember);
    }

    private static PatchContext context(PatchType type) {
        return new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager(FieldOwnership.MANAGER)
                .build();
    }

    /**
     * Gives up Chartreuse's ownership of the object's fields, so that others may set them by server-side apply. Does
     * nothing where Chartreuse owns no field. Safe to repeat.
     *
     * @param patience how long to try
     * @throws ChartreuseException where the request fails
     */
    public void giveUpFields(String name, Duration patience) {
        Optional<T> current = recent(name);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<ArrayNode> patch =
                    current.flatMap(live -> FieldOwnership.handOver(formerOwners.getOrDefault(name, List.of()), live));
            if (patch.isEmpty()) {
                formerOwners.remove(name);
                return;
            }
            current = handOver(current.get(), patch.get(), patience).or(() -> find(name));
        }
        throw continuousConflict(name);
    }

    /** Empty where the entries that the patch names have changed. */
    private Optional<T> handOver(T current, ArrayNode patch, Duration patience) {
        try {
            return cluster.write(
                            request.apply("patch", current.getMetadata().getName()),
                            patience,
                            client -> operation
                                    .apply(client)
                                    .resource(bare(current))
                                    .patch(context(PatchType.JSON), patch.toString()))
                    .map(this::remember);
        } catch (ApiException e) {
            if (e.invalid()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The library copies the object, and needs only its name. */
    @SuppressWarnings("unchecked")
    private T bare(T object) {
        ObjectNode named = JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        named.withObject("/metadata").put("name", object.getMetadata().getName());
        return (T) JSON.convertValue(named, object.getClass());
    }

    private ChartreuseException continuousConflict(String name) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.CONTINUOUS_CONFLICT,
                "%s \"%s\" in namespace %s was changed by others each of the %d times that it was to be written"
                        .formatted(kind, name, cluster.namespace(), TRIES),
                "Find what writes it all the time (kubectl get --show-managed-fields -o yaml), then run the command"
                        + " again"));
    }
}
