package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.Set;

/**
 * A request to the API server in RBAC's terms, so that an error can name the missing rule.
 *
 * @param verb     {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code patch}, {@code
 *                 delete}
 * @param group    the API group; empty for the core group
 * @param resource the plural: {@code deployments}
 * @param name     the object's name; empty for a list
 */
public record ApiRequest(String verb, String group, String resource, String name) {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

    /** Requests that need no lock: those for the lock itself, and reviews, which are created to ask a question. */
    private static final Set<String> UNFENCED =
            Set.of("coordination.k8s.io", "authorization.k8s.io", "authentication.k8s.io");

    public ApiRequest {
        Objects.requireNonNull(verb, "verb");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(name, "name");
    }

    /** A request about one object of a type. */
    public static ApiRequest of(String verb, Class<? extends HasMetadata> type, String name) {
        return new ApiRequest(verb, HasMetadata.getGroup(type), HasMetadata.getPlural(type), name);
    }

    /**
     * Whether it changes objects that other runs change, too. Such a request is only made while the release's lock is
     * held.
     */
    boolean isFenced() {
        return WRITES.contains(verb) && !UNFENCED.contains(group);
    }

    /** The resource as RBAC's messages write it: {@code deployments.apps}. */
    String qualifiedResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** {@code patch deployments.apps "web"}. */
    @Override
    public String toString() {
        return verb + " " + qualifiedResource() + (name.isEmpty() ? "" : " \"" + name + "\"");
    }
}
