package io.chartreuse.core.run;

import java.util.Objects;

/**
 * Who executes a run: the user, host (in a cluster the pod) and process.
 *
 * @param origin where it comes from, as far as that is known
 */
public record Actor(String user, String host, long pid, Origin origin) {
    public Actor {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(origin, "origin");
    }

    /** One of whom nothing more is known. */
    public Actor(String user, String host, long pid) {
        this(user, host, pid, Origin.UNKNOWN);
    }

    /** The same, from there. */
    public Actor from(Origin where) {
        return new Actor(user, host, pid, where);
    }

    /** The whole of what is known, for the record. */
    public String described() {
        return origin.toString().isEmpty() ? toString() : this + ", " + origin;
    }

    /** {@code root@shop-migrate-x7f (pid 7)}. */
    @Override
    public String toString() {
        return user + "@" + host + " (pid " + pid + ")";
    }
}
