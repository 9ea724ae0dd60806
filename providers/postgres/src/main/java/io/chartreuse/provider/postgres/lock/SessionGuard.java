package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.LockSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ensures that each migration begins with the configured role and limits, whatever an earlier migration changed in the
 * same session ({@code SET lock_timeout = 0}, {@code RESET ROLE}, {@code RESET ALL}). A migration's own settings apply
 * to itself. One for a run; used by the thread that migrates.
 */
public final class SessionGuard {

    private static final Pattern OTHER_SESSION = Pattern.compile(
            "SESSION\\s+(AUTHORIZATION|CHARACTERISTICS)|default_transaction_", Pattern.CASE_INSENSITIVE);

    private final LockSettings locks;
    private final String restore;
    private boolean patient;
    private boolean another;

    public SessionGuard(DatabaseSettings database) {
        this.locks = database.locks();
        // RESET restores the connection's start-up settings. Resetting the session authorization also resets the role.
        this.restore = "RESET SESSION AUTHORIZATION; "
                + database.role()
                        .map(role -> "SET ROLE \"" + role.replace("\"", "\"\"") + '"')
                        .orElse("RESET ROLE")
                + "; RESET lock_timeout; RESET statement_timeout; RESET default_transaction_isolation"
                + "; RESET default_transaction_read_only; RESET default_transaction_deferrable";
    }

    /**
     * Before a migration's first statement.
     *
     * @return the id of the migration's transaction, where it has one
     */
    public Optional<Long> beforeMigration(Connection session) throws SQLException {
        patient = false;
        if (session.getAutoCommit()) {
            execute(session, restore);
            return Optional.empty();
        }
        return Optional.of(TransactionFate.begin(session, restore));
    }

    /** Before each statement of a migration. */
    public void beforeStatement(Connection session, String sql) throws SQLException {
        if (patient) {
            execute(session, "RESET lock_timeout");
            patient = false;
        }
        another |= OTHER_SESSION.matcher(sql).find();
        if (PatientStatement.is(sql)) {
            execute(session, bearing(PatientStatement.patience(locks)));
            patient = true;
        }
    }

    /**
     * After a migration's last statement: restores the session. Flyway sets the role again, which another session
     * authorization may not be allowed to, and the next transaction must not begin with this migration's settings.
     */
    public void afterMigration(Connection session) throws SQLException {
        if (another) {
            execute(session, restore);
            another = false;
        }
    }

    /** Leaves a limit that the migration has set for itself. */
    private String bearing(Duration limit) {
        return "SELECT set_config('lock_timeout', '" + limit.toMillis() + "', false) FROM pg_settings"
                + " WHERE name = 'lock_timeout' AND setting = reset_val";
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
