package io.chartreuse.cli.report;

import io.chartreuse.core.approval.Approver;
import io.chartreuse.core.run.RuleVerdict;
import java.util.List;

/** Who and which rules allowed it. */
final class ReviewSection {

    private final Html html;
    private final ReportInput input;

    ReviewSection(Html html, ReportInput input) {
        this.html = html;
        this.input = input;
    }

    void write() {
        html.element("h2", "Allowed by");
        approvals(input.approvers());
        policies(input.run().evidence().policies());
    }

    private void approvals(List<Approver> approvers) {
        html.element("h3", "Approvals");
        if (approvers.isEmpty()) {
            html.element("p", "The record names no approval of the plan.", "class", "quiet");
            return;
        }
        ScrollTable table = new ScrollTable(html, "Approvals", "key", "fingerprint", "given", "handed over by", "now");
        for (Approver approver : approvers) {
            table.row()
                    .cell(approver.name().isEmpty() ? "without a name" : approver.name(), "")
                    .code(approver.fingerprint())
                    .cell(approver.at().map(Times::of).orElse("not on record"), "")
                    .cell(approver.by().orElse("not on record"), "")
                    .cell(approver.known() ? "in the configuration" : "not in the configuration", "")
                    .endRow();
        }
        table.end();
    }

    private void policies(List<RuleVerdict> verdicts) {
        html.element("h3", "Rules that judged the plan");
        if (verdicts.isEmpty()) {
            html.element("p", "The record names no rule that the plan was judged by.", "class", "quiet");
            return;
        }
        ScrollTable table = new ScrollTable(html, "Rules", "rule", "effect", "result", "file", "digest of the file");
        for (RuleVerdict verdict : verdicts) {
            boolean kept = verdict.warnings().isEmpty();
            table.row()
                    .cell(verdict.rule(), "")
                    .cell(verdict.effect(), "word")
                    .cell(
                            kept ? "✓ kept" : "! warned: " + String.join("; ", verdict.warnings()),
                            kept ? "word" : "wide")
                    .code(verdict.file())
                    .code(verdict.digest())
                    .endRow();
        }
        table.end();
    }
}
