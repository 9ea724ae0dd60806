package io.chartreuse.core.run;

import java.util.Objects;

/** Who executes a run: the user, host (in a cluster the pod) and process. */
public record Actor(String user, String host, long pid) {
    public Actor {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(host, "host");
    }

    /** {@code root@shop-migrate-x7f (pid 7)}. */
    @Override
    public String toString() {
        return user + "@" + host + " (pid " + pid + ")";
    }
}
