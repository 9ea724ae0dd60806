package io.chartreuse.provider.kubernetes.preflight;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * One verb on one resource of the release's namespace, in RBAC's words.
 *
 * @param group    the API group; empty for the core group
 * @param resource the plural, with its subresource where one is meant: {@code deployments/scale}
 * @param name     of the one object that is meant; empty: any
 */
record Right(String group, String resource, String verb, String name) {
    Right {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(verb, "verb");
        Objects.requireNonNull(name, "name");
    }

    /** On any object. */
    Right(String group, String resource, String verb) {
        this(group, resource, verb, "");
    }

    static Stream<Right> on(String group, String resource, String... verbs) {
        return Stream.of(verbs).map(verb -> new Right(group, resource, verb));
    }

    /** The same on one object only. */
    Right named(String object) {
        return new Right(group, resource, verb, object);
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
