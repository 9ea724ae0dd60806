package io.chartreuse.core.plan;

import java.util.Objects;
import java.util.Optional;

/** The Helm release that a plan or a run belongs to. */
public record Release(String name, Optional<String> namespace) {
    public Release {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(namespace, "namespace");
    }

    /** {@code shop} or {@code shop (namespace shop-prod)}. */
    @Override
    public String toString() {
        return namespace.map(n -> name + " (namespace " + n + ")").orElse(name);
    }
}
