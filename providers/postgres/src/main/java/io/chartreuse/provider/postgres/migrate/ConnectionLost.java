package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.provider.postgres.leader.FormerPrimary;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The connection was lost while migrations ran. The outcome of the current migration is not known until the server is
 * asked again: it may have been committed.
 */
public final class ConnectionLost extends ChartreuseException {

    private static final long serialVersionUID = 1;

    private final transient List<Migration> committed;
    private final transient Optional<Migration> underway;
    private final transient boolean mayHaveStayed;
    private final transient Optional<Long> transaction;

    /**
     * @param committed the migrations of this attempt that were certainly committed, in order
     * @param underway  the migration that had started
     */
    public ConnectionLost(
            DatabaseSettings database, SQLException loss, List<Migration> committed, Optional<Migration> underway) {
        this(database, loss, committed, underway, Optional.empty());
    }

    /** The same where the tool knows the id of the transaction of the started migration. */
    public ConnectionLost(
            DatabaseSettings database,
            SQLException loss,
            List<Migration> committed,
            Optional<Migration> underway,
            Optional<Long> transaction) {
        this(
                database,
                loss,
                committed,
                underway,
                !underway.map(Migration::transactional).orElse(true),
                transaction);
    }

    /**
     * The same for a migration that was watched while it ran.
     *
     * @param mayHaveStayed whether the started migration did something outside of a transaction
     */
    public ConnectionLost(
            DatabaseSettings database,
            SQLException loss,
            List<Migration> committed,
            Optional<Migration> underway,
            boolean mayHaveStayed) {
        this(database, loss, committed, underway, mayHaveStayed, Optional.empty());
    }

    private ConnectionLost(
            DatabaseSettings database,
            SQLException loss,
            List<Migration> committed,
            Optional<Migration> underway,
            boolean mayHaveStayed,
            Optional<Long> transaction) {
        super(diagnostic(database, loss, where(committed, underway)), loss);
        this.mayHaveStayed = mayHaveStayed;
        this.transaction = transaction;
        this.committed = List.copyOf(committed);
        this.underway = underway;
    }

    public List<Migration> committed() {
        return committed;
    }

    /** The id of the transaction of the started migration. */
    public Optional<Long> transaction() {
        return transaction;
    }

    public Optional<Migration> underway() {
        return underway;
    }

    /** Whether changes of the started migration may remain although it was not committed as a whole. */
    public boolean mayHaveStayed() {
        return mayHaveStayed;
    }

    /** As far as the tool has reported: another migration may have started. */
    private static String where(List<Migration> committed, Optional<Migration> underway) {
        if (underway.isPresent()) {
            return " in migration " + underway.get().script();
        }
        return committed.isEmpty()
                ? " before a migration was known to run"
                : " after " + committed.get(committed.size() - 1).script();
    }

    private static Diagnostic diagnostic(DatabaseSettings database, SQLException loss, String where) {
        return Diagnostic.error(
                        PostgresProblem.CONNECTION_LOST,
                        (loss instanceof FormerPrimary ? "The session in database " : "The connection to database ")
                                + database.name()
                                + (loss instanceof FormerPrimary ? " was ended" : " was lost")
                                + where
                                + ": " + DriverFailure.message(loss) + " (SQLSTATE " + loss.getSQLState() + ").",
                        "See that the server is up and reachable, then plan and apply again: the plan tells where the "
                                + "database stands.")
                .about(database.address());
    }
}
