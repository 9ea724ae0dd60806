package io.chartreuse.provider.postgres.server;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a failure means that the connection or the primary behind it is gone, and not that a statement is wrong.
 * Pure.
 *
 * <p>A serialization failure (40001) or a deadlock is not a connection loss: the server is there and refuses.
 */
public final class ConnectionLossCheck {

    /** Shut down, crashed, starting up; no longer the primary. */
    private static final Set<String> GONE = Set.of("57P01", "57P02", "57P03", "25006");

    /**
     * The server is there and refuses this login or does not speak PostgreSQL's protocol: waiting does not fix that.
     */
    private static final Set<String> REFUSED = Set.of("08004", "08P01");

    /** All connections are in use, which is normal for a while after a restart. */
    private static final String TOO_MANY = "53300";

    private ConnectionLossCheck() {}

    /** The driver's exception that reports the loss of an open connection. */
    public static Optional<SQLException> of(Throwable failure) {
        return causes(failure).filter(cause -> isLoss(state(cause))).findFirst();
    }

    /** Whether trying to connect again may help. */
    public static boolean mayPass(Throwable failure) {
        return causes(failure)
                .map(ConnectionLossCheck::state)
                .anyMatch(state -> isLoss(state) || state.equals(TOO_MANY));
    }

    /** Whether that SQLSTATE means a lost connection. */
    public static boolean isLoss(String state) {
        return GONE.contains(state) || state.startsWith("08") && !REFUSED.contains(state);
    }

    private static String state(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState()).orElse("");
    }

    private static Stream<SQLException> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast);
    }
}
