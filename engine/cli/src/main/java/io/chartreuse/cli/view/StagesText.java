package io.chartreuse.cli.view;

import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import java.util.ArrayList;
import java.util.List;

/** The order of a plan's work, numbered. */
final class StagesText {

    /** Who wants to see all of them finds them under the workloads. */
    private static final int SHOWN = 4;

    private final TextStyle style;

    StagesText(TextStyle style) {
        this.style = style;
    }

    /** Lines, with a heading and the empty line before it; none where there is no work. */
    List<String> of(Plan plan) {
        if (plan.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        for (Stage stage : plan.stages()) {
            rows.add(List.of(String.valueOf(rows.size() + 1), style.cyan(label(stage)), members(stage)));
        }
        List<String> lines = new ArrayList<>(List.of("", style.bold("Stages")));
        lines.addAll(Columns.align(rows, style));
        if (plan.recovery().stream().anyMatch(stage -> stage.name() == StageName.RESTORE)) {
            lines.add("  " + style.dim(onFailure(plan.onFailure())));
        }
        return lines;
    }

    /** {@code quiesce 10}: the name, and where there may be several of it the priority. */
    static String label(Stage stage) {
        boolean prioritised = stage.name() == StageName.QUIESCE || stage.name() == StageName.RESTORE;
        return stage.name().word() + (prioritised ? " " + stage.order() : "");
    }

    private static String members(Stage stage) {
        List<String> addresses =
                stage.steps().stream().map(step -> step.address().toString()).toList();
        if (addresses.size() <= SHOWN + 1) {
            return String.join(", ", addresses);
        }
        return String.join(", ", addresses.subList(0, SHOWN)) + " and " + (addresses.size() - SHOWN) + " more";
    }

    private static String onFailure(OnFailure choice) {
        return choice == OnFailure.RESTORE
                ? "If it fails, workloads are restored."
                : "If it fails, workloads are restored while no database has moved, and else held in maintenance.";
    }
}
