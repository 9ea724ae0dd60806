package io.chartreuse.core.apply;

import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of applying a plan.
 *
 * @param run      its record; empty where there was nothing to do
 * @param executed whether this call executed steps; false where the plan had been carried out before
 * @param problems why it did not succeed
 */
public record RunReport(Optional<Run> run, boolean executed, List<Diagnostic> problems) {

    public RunReport {
        Objects.requireNonNull(run, "run");
        problems = List.copyOf(problems);
    }

    /** Of a plan that does nothing. */
    public static RunReport nothingToDo() {
        return new RunReport(Optional.empty(), false, List.of());
    }

    static RunReport alreadyDone(Run run) {
        return new RunReport(Optional.of(run), false, List.of());
    }

    /** Whether the plan is carried out, and that is on record. */
    public boolean succeeded() {
        return run.map(r -> r.outcome() == Outcome.SUCCEEDED).orElse(true)
                && problems.stream().noneMatch(Diagnostic::isError);
    }

    /** 0, or that of the first problem; that workloads are not back is graver than whatever it came from. */
    public int exitCode() {
        if (succeeded()) {
            return 0;
        }
        if (run.flatMap(Run::recovery).filter(Recovery.FAILED::equals).isPresent()) {
            return ErrorType.UNRESTORED.exitCode();
        }
        return problems.stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .map(problem -> problem.code().type())
                .orElse(ErrorType.EXTERNAL)
                .exitCode();
    }
}
