package io.chartreuse.provider.postgres.remains;

import io.chartreuse.provider.postgres.migrate.RepairingTool;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Refusal;
import io.chartreuse.provider.postgres.server.Session;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Repair;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Repairs what a migration left: decided anew for each repair, so that nothing is done that has moved. */
public final class RemainsRepair implements RepairingTool {

    private final Connector connector;
    private final ProgressTable table;
    private final Function<String, Remains> remains;

    /** @param remains reads them, as that application */
    public RemainsRepair(Connector connector, ProgressTable table, Function<String, Remains> remains) {
        this.connector = connector;
        this.table = table;
        this.remains = remains;
    }

    @Override
    public List<Repair> repairs(String application) {
        return mends(application).stream().map(Mend::repair).toList();
    }

    @Override
    public void repair(Repair repair, String application) {
        Mend mend = mends(application).stream()
                .filter(candidate -> candidate.repair().equals(repair))
                .findFirst()
                .orElseThrow(() -> moved(repair));
        execute(mend.sql(), application);
    }

    private List<Mend> mends(String application) {
        Remains left = remains.apply(application);
        if (left.died().filter(note -> note.isExecuting()).isPresent()) {
            Remains waiting = left.withContinuation(Optional.empty());
            throw new ChartreuseException(new RemainsReport(connector.database(), waiting)
                    .diagnostics().stream()
                            .filter(diagnostic -> diagnostic.code() == PostgresProblem.STILL_EXECUTING)
                            .toList());
        }
        return new RepairDecision(connector.database(), left, table).mends();
    }

    private void execute(String sql, String application) {
        Session session = new Session(application, connector.database().role(), false).inUsersPath();
        try (Connection connection = connector.source(session).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new Refusal(connector).explain(e);
        }
    }

    private ChartreuseException moved(Repair repair) {
        return new ChartreuseException(Diagnostic.error(
                        PostgresProblem.REPAIR_MOVED,
                        "Database " + connector.database().name() + " no longer wants this repair: " + repair.action()
                                + ".",
                        "Run `chartreuse repair` again and look at what it shows now.")
                .about(repair.address()));
    }
}
