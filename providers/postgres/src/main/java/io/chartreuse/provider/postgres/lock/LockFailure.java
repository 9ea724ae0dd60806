package io.chartreuse.provider.postgres.lock;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a migration failed because of locks of others, so that it may succeed a little later. */
final class LockFailure {

    /** lock_not_available (a time-out, or NOWAIT) and deadlock_detected with this session as the victim. */
    private static final Set<String> STATES = Set.of("55P03", "40P01");

    private LockFailure() {}

    static boolean is(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .anyMatch(state -> state != null && STATES.contains(state));
    }
}
