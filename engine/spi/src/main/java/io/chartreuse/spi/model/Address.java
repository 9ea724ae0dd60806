package io.chartreuse.spi.model;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The name of a resource, unique in a release: {@code postgres.database/main}, {@code kubernetes.deployment/web}.
 *
 * @param type the provider's name, a dot, and the kind: {@code kubernetes.deployment}
 * @param name the resource's name among those of its type; no slash, no white space
 */
public record Address(String type, String name) implements Comparable<Address> {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z][a-z0-9.-]*");
    private static final Pattern NAME = Pattern.compile("[^\\s/]+");
    private static final Comparator<Address> ORDER =
            Comparator.comparing(Address::type).thenComparing(Address::name);

    public Address {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("not a resource type (provider.kind): \"" + type + "\"");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a resource name: \"" + name + "\"");
        }
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException where the text has no slash or one of its halves is malformed
     */
    public static Address parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not an address (provider.kind/name): \"" + text + "\"");
        }
        return new Address(text.substring(0, slash), text.substring(slash + 1));
    }

    /** The name of the provider that owns the resource: what stands before the first dot of the type. */
    public String provider() {
        return type.substring(0, type.indexOf('.'));
    }

    /** The kind without its provider: {@code deployment}. */
    public String kind() {
        return type.substring(type.indexOf('.') + 1);
    }

    @Override
    public int compareTo(Address other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + "/" + name;
    }
}
