package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.cli.view.ReviewState;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.policy.PolicyError;
import io.chartreuse.core.policy.RuleViolation;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.store.PlanFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Reads what is there and shows what would be done. */
@picocli.CommandLine.Command(name = "plan", description = "Show what apply would do; changes nothing.")
public final class PlanCommand extends Command {

    /** Says to scripts that there is something to do. */
    private static final int CHANGES = 2;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan to this file, for apply.")
    private Path out;

    @Option(names = "--store", description = "Store the plan in the backend, for apply --plan-id.")
    private boolean store;

    @Option(
            names = "--detailed-exitcode",
            description = "Exit with 2 where there is something to do, with 0 where not.")
    private boolean detailed;

    @Option(
            names = "--install",
            description = "The release is being installed: with strategy before, the plan itself starts workloads.")
    private boolean install;

    @Option(
            names = "--fail-on-policy",
            description = "Exit with 5 where the plan breaks a rule that denies it. It is shown and kept all the same.")
    private boolean failOnPolicy;

    @Option(
            names = "--sql",
            description = "Print the SQL of the pending migrations instead of the plan, in the order in which they run:"
                    + " the standard output is SQL alone.")
    private boolean sql;

    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "Wait for a run of this release that is under way, for this long (10s, 5m), before planning."
                    + " Without it, none is waited for.")
    private Duration lockTimeout;

    @ArgGroup
    private Record record = new Record();

    /** What the plan is made from, where that is not the world as it stands. */
    static final class Record {
        @Option(
                names = "--recorded",
                description = "Plan databases from what the last run recorded, without reaching them;"
                        + " workloads are read from the cluster.")
        private boolean recorded;

        @Option(
                names = "--state",
                paramLabel = "FILE",
                description = "Plan from a file that `chartreuse state --out` wrote; reaches neither databases nor"
                        + " cluster.")
        private Path state;

        Plan plan(Session session, boolean install) {
            if (state != null) {
                return session.planFrom(state, install);
            }
            return recorded ? session.planRecorded(install) : session.plan(install);
        }
    }

    public PlanCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected boolean isBoundToChart() {
        return true;
    }

    @Override
    protected int run(Console console) throws InterruptedException {
        PlanOutput.requireOneForm(sql, options().output());
        try (Session session = open()) {
            if (lockTimeout != null) {
                new RunWait(session, this::now, console).await(lockTimeout);
            }
            Plan plan = record.plan(session, install);
            if (out != null) {
                PlanFile.write(plan, out);
            }
            if (store) {
                session.save(plan);
            }
            List<RuleViolation> violations = session.review().judge(plan);
            // a plan that was just made cannot have approvals yet
            ReviewState reviewed =
                    new ReviewState(violations, session.review().approvalRule().state(plan, List.of()));
            PlanOutput output =
                    new PlanOutput(console, options().output(), options().config(host()));
            if (sql) {
                output.sql(plan, reviewed);
                next(console.err(), plan, reviewed);
                return exitCode(plan, violations);
            }
            output.show(plan, reviewed);
            if (options().output() == Output.human) {
                if (!violations.isEmpty()) {
                    console.out().gap();
                }
                next(console.out(), plan, reviewed);
            }
            return exitCode(plan, violations);
        }
    }

    private int exitCode(Plan plan, List<RuleViolation> violations) {
        if (failOnPolicy && violations.stream().anyMatch(RuleViolation::denies)) {
            return PolicyError.VIOLATED.type().exitCode();
        }
        return detailed && !plan.isEmpty() ? CHANGES : DONE;
    }

    @Override
    protected Set<Output> forms() {
        return EnumSet.complementOf(EnumSet.of(Output.prometheus));
    }

    private void next(Printer printer, Plan plan, ReviewState reviewed) {
        if (out == null && !store) {
            if (!plan.isEmpty()) {
                printer.line("Not saved: `chartreuse apply` plans anew. Keep a plan with --out FILE or --store.");
            }
            denied(printer, reviewed);
            return;
        }
        if (out != null) {
            printer.line("Saved to " + out + ".");
        }
        if (store) {
            printer.line("Stored as " + plan.id() + ".");
        }
        denied(printer, reviewed);
        String name = out == null ? plan.shortId() : out.toString();
        boolean open = reviewed.approvals().filter(state -> !state.isEnough()).isPresent();
        printer.line(
                open
                        ? "Have it approved with: chartreuse approve " + name + " --key FILE; then: chartreuse apply "
                                + name
                        : "Apply it with: chartreuse apply " + name);
    }

    private static void denied(Printer printer, ReviewState reviewed) {
        long rules =
                reviewed.violations().stream().filter(RuleViolation::denies).count();
        if (rules > 0) {
            printer.line("As it is, `chartreuse apply` refuses it: see Policy above.");
        }
    }
}
