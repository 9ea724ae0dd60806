package io.chartreuse.cli.command;

import io.chartreuse.cli.document.VerifiedDocument;
import io.chartreuse.cli.view.AuditView;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.audit.ExportedRuns;
import io.chartreuse.core.audit.VerifiedRuns;
import io.chartreuse.core.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Checks that nothing on record was changed, as far as the record itself can tell. */
@picocli.CommandLine.Command(
        name = "verify",
        description = {
            "Check that the runs form one chain, and that their plans and approvals are those that were executed.",
            "The first that does not fit is named; exit code 1."
        })
public final class AuditVerifyCommand extends Command {

    @Option(
            names = "--known",
            paramLabel = "DIGEST",
            description = "A digest that an earlier verify or export printed: a run on record must still have it."
                    + " So it shows, too, when the newest runs were taken away.")
    private String known;

    @Option(
            names = "--removed",
            paramLabel = "RUN",
            description = "The newest run of a removal that is known to be right although retention as configured now"
                    + " would keep it: retention was another one then.")
    private String removed;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "Runs as audit.sink or audit export wrote them: each must be on record as it was then, or have"
                            + " been removed by retention. So it shows, too, when the newest runs were taken away."
                            + " Where audit.sink is set, each run since the first line must be there.")
    private Path against;

    public AuditVerifyCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    private Optional<ExportedRuns> exported() {
        return Optional.ofNullable(against).map(ExportedRuns::read);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            VerifiedRuns verified =
                    session.audit(Optional.ofNullable(removed), exported()).verify(Optional.ofNullable(known));
            List<String> unknown = session.review().unknownKeys(verified);
            if (json()) {
                console.document(VerifiedDocument.of(verified, unknown));
            } else {
                new AuditView(console.out()).print(verified);
            }
            verified.unexported()
                    .forEach(run -> run.run()
                            .evidence()
                            .exportFailures()
                            .forEach(failure -> console.err()
                                    .line("warning: the export of run " + run.name() + " " + failure.words())));
            unknown.forEach(key -> console.err()
                    .line("warning: key " + key + " approved plans, and the configuration does not name it now"));
            return DONE;
        }
    }
}
