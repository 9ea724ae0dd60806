package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.Set;

/**
 * What is asked of the API server, in RBAC's words, so that a refusal can name the rule that is missing.
 *
 * @param verb     {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code patch}, {@code delete}
 * @param group    the API group; empty for the core group
 * @param resource the plural: {@code deployments}
 * @param name     the object's name; empty where many are meant
 */
public record ApiRequest(String verb, String group, String resource, String name) {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

    /** The lock itself, and questions that are asked by creating an object. */
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

    /** Whether it changes what other runs change, too: it is made under the release's lock only, where one is held. */
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
