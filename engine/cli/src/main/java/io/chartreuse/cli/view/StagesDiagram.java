package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The order of a plan's work as a Mermaid flowchart. */
final class StagesDiagram {

    private static final int SHOWN = 4;

    private StagesDiagram() {}

    static String of(Plan plan) {
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        List<Stage> stages = plan.stages();
        for (int i = 0; i < stages.size(); i++) {
            String title = MarkdownText.mermaid((i + 1) + " " + StagesText.label(stages.get(i)));
            lines.add("  s" + (i + 1) + "[\"" + title + members(stages.get(i)) + "\"]");
        }
        for (int i = 1; i < stages.size(); i++) {
            lines.add("  s" + i + " --> s" + (i + 1));
        }
        return String.join("\n", lines);
    }

    private static String members(Stage stage) {
        String members = stage.steps().stream()
                .limit(SHOWN)
                .map(step -> "<br/>" + MarkdownText.mermaid(step.address().toString()))
                .collect(Collectors.joining());
        int more = stage.steps().size() - SHOWN;
        return more > 0 ? members + "<br/>and " + more + " more" : members;
    }
}
