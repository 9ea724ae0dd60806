package io.chartreuse.cli.view;

import io.chartreuse.core.policy.RuleViolation;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** Problems as a list in Markdown, no longer than it may be. */
final class MarkdownList {

    private MarkdownList() {}

    static String ofFindings(List<Diagnostic> findings, int room) {
        return within(room, findings.stream().map(MarkdownList::finding).toList());
    }

    static String ofProblems(List<Diagnostic> problems, int room) {
        return within(room, problems.stream().map(MarkdownList::problem).toList());
    }

    static String ofViolations(List<RuleViolation> violations, int room) {
        return within(room, violations.stream().map(MarkdownList::violation).toList());
    }

    private static String finding(Diagnostic finding) {
        return "- " + about(finding) + MarkdownText.of(finding.summary()) + remedy(finding.remedy());
    }

    private static String problem(Diagnostic problem) {
        String place = problem.location()
                .map(at -> " at " + MarkdownText.code(at.toString()))
                .orElse("");
        return "- **" + (problem.isError() ? "error" : "warning") + "** " + about(problem)
                + MarkdownText.of(problem.summary()) + place + " ("
                + MarkdownText.code(problem.code().code()) + ")" + remedy(problem.remedy());
    }

    private static String violation(RuleViolation violation) {
        return "- **" + (violation.denies() ? "deny" : "warn") + "** " + MarkdownText.code(violation.rule()) + " "
                + about(violation.diagnostic()) + MarkdownText.of(violation.message()) + remedy(violation.remedy());
    }

    private static String about(Diagnostic diagnostic) {
        return diagnostic
                .address()
                .map(address -> MarkdownText.code(address.toString()) + ": ")
                .orElse("");
    }

    /** What is of several lines is to be pasted: it keeps them. */
    private static String remedy(String remedy) {
        if (remedy.isBlank()) {
            return "";
        }
        if (remedy.strip().lines().count() == 1) {
            return "<br>" + MarkdownText.of(remedy);
        }
        return "\n\n"
                + MarkdownText.block("text", remedy).stripTrailing().indent(2).stripTrailing();
    }

    private static String within(int room, List<String> entries) {
        int length = 0;
        int shown = 0;
        while (shown < entries.size() && length + entries.get(shown).length() < room) {
            length += entries.get(shown++).length() + 1;
        }
        String list = entries.stream().limit(shown).map(entry -> entry + "\n").collect(Collectors.joining());
        int more = entries.size() - shown;
        return more == 0 ? list : list + "- and " + more + " more, which are too long to be shown here\n";
    }
}
