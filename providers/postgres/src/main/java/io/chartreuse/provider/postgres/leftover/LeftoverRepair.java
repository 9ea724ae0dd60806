package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.migrate.RepairingTool;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Repair;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Repairs a migration's leftovers. Decides anew for each repair, so that it never acts on an outdated state. */
public final class LeftoverRepair implements RepairingTool {

    private final Connector connector;
    private final ProgressTable table;
    private final Function<String, Leftovers> leftovers;

    /** @param remains reads them, as that application */
    public LeftoverRepair(Connector connector, ProgressTable table, Function<String, Leftovers> leftovers) {
        this.connector = connector;
        this.table = table;
        this.leftovers = leftovers;
    }

    @Override
    public List<Repair> repairs(String application) {
        return statements(application).stream().map(RepairStatement::repair).toList();
    }

    @Override
    public void repair(Repair repair, String application) {
        RepairStatement statement = statements(application).stream()
                .filter(candidate -> candidate.repair().equals(repair))
                .findFirst()
                .orElseThrow(() -> moved(repair));
        execute(statement.sql(), application);
    }

    private List<RepairStatement> statements(String application) {
        Leftovers left = leftovers.apply(application);
        if (left.died().filter(note -> note.isExecuting()).isPresent()) {
            Leftovers waiting = left.withContinuation(Optional.empty());
            throw new ChartreuseException(new LeftoverReport(connector.database(), waiting)
                    .diagnostics().stream()
                            .filter(diagnostic -> diagnostic.code() == PostgresProblem.STILL_EXECUTING)
                            .toList());
        }
        return new RepairDecision(connector.database(), left, table).statements();
    }

    private void execute(String sql, String application) {
        SessionPurpose session =
                new SessionPurpose(application, connector.database().role(), false).inUsersPath();
        try (Connection connection = connector.source(session).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    private ChartreuseException moved(Repair repair) {
        return new ChartreuseException(Diagnostic.error(
                        PostgresProblem.REPAIR_MOVED,
                        "Database " + connector.database().name() + " no longer needs this repair: " + repair.action()
                                + ".",
                        "Run `chartreuse repair` again and look at what it shows now.")
                .about(repair.address()));
    }
}
