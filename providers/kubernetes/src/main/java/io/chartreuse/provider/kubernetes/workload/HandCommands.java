package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands by which a person starts a workload that Chartreuse could not start. They send the requests that
 * Chartreuse would have sent, and may be repeated. Pure.
 *
 * @param namespace of the workload
 * @param holder    whose marks are removed
 * @param replicas  those of the plan
 */
record HandCommands(String namespace, String holder, int replicas) {

    /** The same failure, with the commands in the remedy of its errors. */
    ChartreuseException addTo(ChartreuseException failure, Workload workload) {
        String commands = String.join("\n", of(workload));
        List<Diagnostic> problems = failure.diagnostics().stream()
                .map(problem -> problem.isError() ? with(problem, workload, commands) : problem)
                .toList();
        return new ChartreuseException(problems, failure);
    }

    private static Diagnostic with(Diagnostic problem, Workload workload, String commands) {
        return new Diagnostic(
                problem.severity(),
                problem.code(),
                problem.summary(),
                problem.remedy() + "\nOr bring " + workload.title() + " back by hand:\n" + commands,
                problem.address(),
                problem.location());
    }

    /**
     * One command per line, in order. Where others hold the workload too, the commands remove only this holder's mark.
     */
    List<String> of(Workload workload) {
        boolean shared = !workload.holds().without(holder).isEmpty();
        List<String> commands = new ArrayList<>();
        if (shared) {
            commands.add(patch(workload.kind().qualified(), workload.name(), WorkloadPatch.leave(workload, holder)));
            return commands;
        }
        add(commands, workload, Autoscaler.Type.SCALED_OBJECT);
        commands.add(patch(
                workload.kind().qualified(), workload.name(), WorkloadPatch.start(workload, holder, target(workload))));
        add(commands, workload, Autoscaler.Type.HORIZONTAL_POD_AUTOSCALER);
        return commands;
    }

    private int target(Workload workload) {
        return workload.stoppedBy(holder) ? new WorkloadStates(holder).restored(workload, replicas) : replicas;
    }

    private void add(List<String> commands, Workload workload, Autoscaler.Type type) {
        workload.autoscalers().stream()
                .filter(scaler -> scaler.type() == type)
                .forEach(scaler -> commands.add(patch(type.qualified(), scaler.name(), scaler.resume())));
    }

    private String patch(String resource, String name, ObjectNode patch) {
        return "kubectl -n %s patch %s %s --type merge -p '%s'"
                .formatted(namespace, resource, name, patch.toString().replace("'", "'\\''"));
    }
}
