package io.chartreuse.cli.command;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.store.PlanFile;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A plan that was made before: a file, or an id in the backend. */
final class PlanReference {

    @Parameters(paramLabel = "PLANFILE", description = "A file that `plan --out` wrote.")
    private Path file;

    @Option(
            names = "--plan-id",
            paramLabel = "ID",
            description = "A plan of the backend: its id, or the first digits of it.")
    private String id;

    /** Reads and checks it; opens a session only where it needs one. */
    Plan read(Supplier<Session> session) {
        return file == null ? session.get().audit().plan(id) : PlanFile.read(file);
    }
}
