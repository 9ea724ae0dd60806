package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.settings.LockSettings;
import java.time.Duration;

/**
 * Settings that are part of a connection's start-up. They rank above {@code ALTER ROLE … SET} and {@code ALTER DATABASE
 * … SET}, and {@code RESET} leads back to them.
 */
final class StartupOptions {

    /** Lets a server notice after a minute, not two hours, that its client is silently gone (a node that failed). */
    static final String KEEPALIVE = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

    /**
     * A setting of Chartreuse's own, without meaning to the server: where a session has it, start-up options have
     * arrived.
     */
    static final String MARK_NAME = "chartreuse.session";

    static final String MARK_VALUE = "kept";

    static final String MARK = "-c " + MARK_NAME + "=" + MARK_VALUE;

    private StartupOptions() {}

    /** What bounds a session that migrates. */
    static String limits(LockSettings locks) {
        return "-c lock_timeout=" + millis(locks.lockTimeout()) + " -c statement_timeout="
                + millis(locks.statementTimeout());
    }

    private static long millis(Duration duration) {
        return Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }
}
