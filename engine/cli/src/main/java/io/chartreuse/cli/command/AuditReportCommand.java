package io.chartreuse.cli.command;

import io.chartreuse.cli.report.ReportInput;
import io.chartreuse.cli.report.RunPage;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.session.Version;
import io.chartreuse.core.store.NewFile;
import io.chartreuse.spi.model.ChartreuseException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run as a page for auditors. */
@picocli.CommandLine.Command(
        name = "report",
        description = {
            "Write a run as one page of HTML that needs nothing beside itself: who did what, by which plan, allowed by"
                    + " whom, with its timeline, steps, downtimes and the chain.",
            "A file that is there is replaced, whole or not at all."
        })
public final class AuditReportCommand extends Command {

    @Option(names = "--html", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path file;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "latest",
            description = "The run's id, its beginning or its end; or latest. Default: ${DEFAULT-VALUE}.")
    private String id;

    public AuditReportCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected Set<Output> forms() {
        return EnumSet.of(Output.human);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            ReportInput input = input(session);
            NewFile.write(file, RunPage.of(input, host().redactor()::redact));
            console.out()
                    .line("Written to " + file + ": run " + input.recorded().name() + ".");
            input.problem().ifPresent(problem -> console.err().line("warning: the record does not hold: " + problem));
            return DONE;
        }
    }

    private ReportInput input(Session session) {
        AuditTrail audit = session.audit();
        RecordedRun recorded = audit.record(id);
        return new ReportInput(
                recorded,
                plan(audit, recorded.run()),
                session.review().approvers(recorded.run()),
                audit.follower(recorded.name()),
                problem(audit),
                now(),
                Version.current());
    }

    private static Optional<Plan> plan(AuditTrail audit, Run run) {
        try {
            return Optional.of(audit.plan(run.planId()));
        } catch (ChartreuseException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> problem(AuditTrail audit) {
        try {
            audit.verify(Optional.empty());
            return Optional.empty();
        } catch (ChartreuseException broken) {
            return Optional.of(broken.diagnostics().get(0).summary());
        }
    }
}
