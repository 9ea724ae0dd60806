package io.chartreuse.cli.command;

import io.chartreuse.cli.document.PlanSql;
import io.chartreuse.cli.document.SarifDocument;
import io.chartreuse.cli.view.ApprovalsText;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.MarkdownPlan;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.cli.view.ReviewState;
import io.chartreuse.cli.view.ViolationsView;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.policy.RuleViolation;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;

/** Prints a plan in the form that was asked for, with the rules that it breaks. */
final class PlanOutput {

    private final Console console;
    private final Output form;
    private final Path configuration;

    /** @param configuration what findings are attached to that stand in no file of their own */
    PlanOutput(Console console, Output form, Path configuration) {
        this.console = console;
        this.form = form;
        this.configuration = configuration;
    }

    void show(Plan plan, ReviewState reviewed) {
        switch (form) {
            case human -> {
                new PlanView(console.out()).print(plan);
                new ViolationsView(console.out()).print(reviewed.violations());
                approvals(console.out(), reviewed);
            }
            case json -> {
                console.document(plan.document()); // the plan and nothing else: its id is over all of it
                new DiagnosticsView(console.err())
                        .print(reviewed.violations().stream()
                                .map(RuleViolation::diagnostic)
                                .toList());
                approvals(console.err(), reviewed);
            }
            case markdown -> console.out().write(MarkdownPlan.of(plan, reviewed));
            case sarif -> console.document(SarifDocument.of(plan, reviewed.violations(), configuration));
        }
    }

    /** The SQL alone on the standard output; what rules and approvers say of it beside it. */
    void sql(Plan plan, ReviewState reviewed) {
        console.out().write(PlanSql.of(plan));
        new DiagnosticsView(console.err())
                .print(reviewed.violations().stream()
                        .map(RuleViolation::diagnostic)
                        .toList());
        approvals(console.err(), reviewed);
    }

    /** @throws ChartreuseException where SQL is asked for and another form, too */
    static void requireOneForm(boolean sql, Output form) {
        if (sql && form != Output.human) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.USAGE,
                    "--sql is a form of its own: it does not go with --output " + form,
                    "Say one of them."));
        }
    }

    private static void approvals(Printer printer, ReviewState reviewed) {
        reviewed.approvals().ifPresent(state -> printer.line("The plan has " + ApprovalsText.of(state)));
    }
}
