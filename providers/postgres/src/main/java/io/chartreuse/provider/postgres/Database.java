package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.alembic.AlembicTool;
import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.assess.PlanCheck;
import io.chartreuse.provider.postgres.flyway.FlywayTool;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.migrate.MigrationTool;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.ServerReader;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Check;
import io.chartreuse.spi.Context;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Phase;
import io.chartreuse.spi.Progress;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Secrets;
import io.chartreuse.spi.Step;
import java.time.Clock;
import java.util.List;

/** One database: read, judged, migrated. */
final class Database {

    private final DatabaseSettings settings;
    private final Connector connector;
    private final MigrationTool tool;
    private final String release;
    private final Clock clock;

    Database(DatabaseSettings settings, Context context) {
        this.settings = settings;
        this.release = context.release();
        this.clock = context.clock();
        this.connector = new Connector(settings, located(context.secrets()));
        this.tool = tool(connector, context);
    }

    private static MigrationTool tool(Connector connector, Context context) {
        return connector.database().tool() instanceof AlembicSettings alembic
                ? new AlembicTool(connector, alembic, context)
                : new FlywayTool(connector);
    }

    Resource refresh() {
        return assess("chartreuse " + release).resource();
    }

    /** Looks whether it could be migrated at all. */
    List<Check> examine() {
        return new DatabaseExamination(connector, clock).examine("chartreuse " + release);
    }

    /** What fails because the thread was interrupted while it connected or read is no failure of the database's. */
    ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        try {
            return migrate(step, progress);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException)
                        new InterruptedException(settings.address().toString()).initCause(e);
            }
            throw e;
        }
    }

    private ObjectNode migrate(Step step, Progress progress) throws InterruptedException {
        if (step.to() != Phase.AFTER) {
            throw new IllegalArgumentException(settings.address() + " has no state " + step.to());
        }
        String by = "chartreuse " + release + " " + step.runId();
        Assessment before = assess(by);
        if (before.observed().equals(step.change().after())) {
            return before.observed();
        }
        refuse(errors(before));
        refuse(new PlanCheck(step.change(), before).moved());
        tool.migrate(new MigrationRun(
                before.standing().goal(), before.standing().revision(), before.pending(), by, progress));
        return assess(by).observed();
    }

    private Assessment assess(String application) {
        Server server = new ServerReader(connector).read(application);
        return new Assessment(settings, server, tool.read(server, application));
    }

    private static List<Diagnostic> errors(Assessment assessment) {
        return assessment.findings().stream().filter(Diagnostic::isError).toList();
    }

    private static void refuse(List<Diagnostic> errors) {
        if (!errors.isEmpty()) {
            throw new ChartreuseException(errors);
        }
    }

    /** A secret that cannot be resolved is a problem of this database. */
    private Secrets located(Secrets secrets) {
        return reference -> {
            try {
                return secrets.resolve(reference);
            } catch (ChartreuseException e) {
                throw new ChartreuseException(
                        e.diagnostics().stream()
                                .map(diagnostic -> diagnostic.about(settings.address()))
                                .toList(),
                        e);
            }
        };
    }
}
