package io.chartreuse.provider.kubernetes.preflight;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * One verb on one resource of the release's namespace, in RBAC's words.
 *
 * @param group    the API group; empty for the core group
 * @param resource the plural, with its subresource where one is meant: {@code deployments/scale}
 */
record Right(String group, String resource, String verb) {
    Right {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(verb, "verb");
    }

    static Stream<Right> on(String group, String resource, String... verbs) {
        return Stream.of(verbs).map(verb -> new Right(group, resource, verb));
    }

    /** The resource without its subresource. */
    String plural() {
        return resource.split("/", 2)[0];
    }

    /** Empty where the resource itself is meant. */
    String subresource() {
        return resource.contains("/") ? resource.split("/", 2)[1] : "";
    }
}
