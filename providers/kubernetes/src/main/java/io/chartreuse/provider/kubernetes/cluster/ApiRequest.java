package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/**
 * What is asked of the API server, in RBAC's words, so that a refusal can name the rule that is missing.
 *
 * @param verb     {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code patch}, {@code delete}
 * @param group    the API group; empty for the core group
 * @param resource the plural: {@code deployments}
 * @param name     the object's name; empty where many are meant
 */
public record ApiRequest(String verb, String group, String resource, String name) {

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
