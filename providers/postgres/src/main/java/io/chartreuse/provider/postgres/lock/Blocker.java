package io.chartreuse.provider.postgres.lock;

import io.chartreuse.spi.text.DurationText;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A session or transaction that blocks one of Chartreuse's statements. Its own statement is not shown: it may hold
 * secrets or people's data.
 *
 * @param pid         its server process; 0: a prepared transaction, which has none
 * @param application what it calls itself; may be empty
 * @param user        its login role; empty for a process of the server's (autovacuum)
 * @param state       such as {@code active} or {@code idle in transaction}; empty where the login may not see it
 * @param since       how long it has been in that state; empty where the login may not see it
 * @param held        the modes of its lock; empty where it only waits ahead of this run
 * @param wanted      the mode that this run waits for
 * @param object      what the lock is on, such as {@code table orders}
 */
record Blocker(
        int pid,
        String application,
        Optional<String> user,
        Optional<String> state,
        Optional<Duration> since,
        Optional<String> held,
        String wanted,
        String object) {

    Blocker {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(held, "held");
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(object, "object");
    }

    /** Whether both are the same session in the same state, whatever time has passed. */
    boolean sameAs(Blocker other) {
        return pid == other.pid && state.equals(other.state) && object.equals(other.object);
    }

    /** {@code pid 4711 (psql, user alice, idle in transaction for 12s) holds AccessShareLock on orders}. */
    String describe() {
        return who()
                + held.map(modes -> " holds " + modes + " on " + object).orElse(" waits in front of us for " + object);
    }

    private String who() {
        if (pid == 0) {
            return "a prepared transaction (see pg_prepared_xacts)";
        }
        return "pid " + pid + " (" + (application.isBlank() ? "" : application + ", ")
                + user.map(name -> "user " + name + ", ").orElse("") + condition() + ")";
    }

    private String condition() {
        return state.map(text ->
                        text + since.map(age -> " for " + DurationText.of(age)).orElse(""))
                .orElse("state hidden: the role is not a member of pg_read_all_stats");
    }
}
