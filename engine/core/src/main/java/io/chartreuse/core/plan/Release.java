package io.chartreuse.core.plan;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Helm release that a plan or a run belongs to. */
public record Release(String name, Optional<String> namespace) {

    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}\\u2028\\u2029]+");

    public Release {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(namespace, "namespace");
        if (!ONE_LINE.matcher(name + namespace.orElse("")).matches()) {
            throw new IllegalArgumentException("the name of a release or namespace is not one line of text");
        }
    }

    /** {@code shop} or {@code shop (namespace shop-prod)}. */
    @Override
    public String toString() {
        return namespace.map(n -> name + " (namespace " + n + ")").orElse(name);
    }
}
