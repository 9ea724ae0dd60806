package io.chartreuse.cli.insight;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a command ended, in a few lines that a machine can read too: the most important first. Pure. */
public final class RunVerdict {

    private RunVerdict() {}

    /** Of a command that could not do its work. */
    public static List<String> of(List<Diagnostic> problems) {
        List<String> lines = new ArrayList<>(List.of("outcome: refused"));
        firstRemedy(problems).ifPresent(remedy -> lines.add("next: " + remedy));
        lines.addAll(problems(problems));
        return lines;
    }

    /** Of a plan that was applied. */
    public static List<String> of(Plan plan, RunReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("outcome: " + outcome(report));
        report.run().ifPresent(run -> lines.add("run: " + run.id()));
        lines.add("plan: " + plan.id());
        lines.add("release: " + plan.release());
        next(plan, report).ifPresent(next -> lines.add("next: " + next));
        lines.addAll(problems(report.problems()));
        return lines;
    }

    private static String outcome(RunReport report) {
        if (!report.executed()) {
            return "nothing to do";
        }
        Run run = report.run().orElseThrow();
        return run.outcome().word()
                + run.recovery()
                        .filter(recovery -> recovery != Recovery.NONE)
                        .map(recovery -> ", workloads " + became(run, recovery))
                        .orElse("");
    }

    private static String became(Run run, Recovery recovery) {
        return switch (recovery) {
            case FAILED -> "not all back";
            case HELD -> run.isHolding() ? recovery.word() : "put back by others";
            default -> recovery.word();
        };
    }

    private static Optional<String> next(Plan plan, RunReport report) {
        if (report.succeeded()) {
            return Optional.empty();
        }
        Run run = report.run().orElseThrow();
        Recovery recovery = run.recovery().orElse(Recovery.NONE);
        if (recovery == Recovery.FAILED) {
            return Optional.of("fix what is named below, then run: chartreuse restore");
        }
        if (recovery == Recovery.HELD) {
            return Optional.of("fix the migration and run: chartreuse apply; or bring workloads back as things stand"
                    + " with: chartreuse restore");
        }
        return run.outcome() == Outcome.INTERRUPTED
                ? Optional.of("chartreuse apply --plan-id " + plan.shortId())
                : firstRemedy(report.problems());
    }

    private static Optional<String> firstRemedy(List<Diagnostic> problems) {
        return problems.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::remedy)
                .filter(remedy -> !remedy.isBlank())
                .findFirst();
    }

    private static List<String> problems(List<Diagnostic> problems) {
        return problems.stream()
                .map(problem -> (problem.isError() ? "error: " : "warning: ") + problem.summary() + " ["
                        + problem.code().code() + "]")
                .toList();
    }
}
