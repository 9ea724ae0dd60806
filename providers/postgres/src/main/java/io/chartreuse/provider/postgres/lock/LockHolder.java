package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.server.ApplicationName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * A session for which a run has to wait.
 *
 * @param executes    whether it migrates; otherwise it holds the lock
 * @param pid         its server process
 * @param application what it calls itself
 * @param user        its login role
 * @param since       when it began; empty where we may not see it
 * @param address     where it comes from; empty where we may not see it, or from the server's own machine
 */
record LockHolder(
        boolean executes,
        int pid,
        String application,
        Optional<String> user,
        Optional<Instant> since,
        Optional<String> address) {

    LockHolder {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(address, "address");
    }

    /** Whether another database of the same run holds the lock, and will certainly release it. */
    boolean isOf(String run) {
        return !executes && lastWord(application).equals(lastWord(run));
    }

    /** A holder whose session has ended, and whose lock the server releases in a moment. */
    static LockHolder ended() {
        return new LockHolder(
                false, 0, "a session that has just ended", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the server no longer knows its session. */
    boolean hasEnded() {
        return pid == 0;
    }

    /** {@code is locked by chartreuse shop 2026… (pid 7, user shop_user, since …, from …)}. */
    String describe() {
        return (executes ? "still has a session of an earlier run, " : "is locked by ")
                + ApplicationName.lockedBy(application) + " (pid " + pid
                + user.map(name -> ", user " + name).orElse("")
                + since.map(time -> ", since " + time.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("")
                + address.map(from -> ", from " + from).orElse("") + ")";
    }

    private static String lastWord(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }
}
