package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The order of a plan's work as a Mermaid flowchart. */
final class StagesDiagram {

    /** So many steps of a stage are named. */
    private static final int STEPS = 4;

    /** So many stages are drawn from the beginning, and as many from the end. */
    private static final int STAGES = 12;

    private static final int LONGEST_NAME = 70;

    private StagesDiagram() {}

    static String of(Plan plan) {
        List<String> labels = labels(plan.stages());
        List<String> lines = new ArrayList<>(List.of("flowchart " + (labels.size() > 4 ? "TB" : "LR")));
        for (int i = 0; i < labels.size(); i++) {
            lines.add("  s" + (i + 1) + "[\"" + labels.get(i) + "\"]");
        }
        for (int i = 1; i < labels.size(); i++) {
            lines.add("  s" + i + " --> s" + (i + 1));
        }
        return String.join("\n", lines);
    }

    private static List<String> labels(List<Stage> stages) {
        int left = stages.size() - 2 * STAGES;
        return IntStream.range(0, stages.size())
                .filter(i -> left <= 1 || i <= STAGES || i >= STAGES + left)
                .mapToObj(i -> left > 1 && i == STAGES ? "and " + left + " more stages" : label(i + 1, stages.get(i)))
                .toList();
    }

    private static String label(int number, Stage stage) {
        return "<b>" + MarkdownText.mermaid(number + " " + StagesText.label(stage)) + "</b>" + members(stage);
    }

    private static String members(Stage stage) {
        String members = stage.steps().stream()
                .limit(STEPS)
                .map(step ->
                        "<br/>" + MarkdownText.mermaid(shortened(step.address().toString())))
                .collect(Collectors.joining());
        int more = stage.steps().size() - STEPS;
        return more > 0 ? members + "<br/>and " + more + " more" : members;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
    }
}
