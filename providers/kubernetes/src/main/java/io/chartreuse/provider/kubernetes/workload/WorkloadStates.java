package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a workload's condition means, in the words of a plan: {@code {"replicas": 3, "autoscaler": {"name": "web",
 * "min": 2, "max": 10}}}, in maintenance {@code {"replicas": 0, "autoscaler": "paused"}}. Pure.
 *
 * @param release whose marks are ours
 */
public record WorkloadStates(String release) {

    static final String REPLICAS = "replicas";
    static final String AUTOSCALER = "autoscaler";
    static final String PAUSED = "paused";

    /** The state of a Deployment that is not there. */
    public ObjectNode absent() {
        return object().put("exists", false);
    }

    /** What is there now. A mark that outlived its stop shows as {@code stoppedBy}: it is to be removed. */
    public ObjectNode observed(Workload workload) {
        ObjectNode state = state(workload, workload.replicas(), false);
        return workload.leftoverOf(release) ? state.put("stoppedBy", release) : state;
    }

    /** What the release wants: what runs goes on, what we stopped comes back, what is at 0 on purpose stays there. */
    public ObjectNode desired(Workload workload, int expectedScale) {
        int replicas = workload.stoppedBy(release) ? restored(workload, expectedScale) : workload.replicas();
        return state(workload, replicas, true);
    }

    /** What it must be while databases migrate. */
    public ObjectNode maintenance(Workload workload) {
        boolean untouched = workload.replicas() == 0 && !workload.stoppedBy(release) && !workload.startsByItself();
        ObjectNode state = object().put(REPLICAS, 0);
        workload.autoscaler().ifPresent(scaler -> {
            if (untouched && !scaler.paused()) {
                state.set(AUTOSCALER, describe(scaler));
            } else {
                state.put(AUTOSCALER, PAUSED);
            }
        });
        return state;
    }

    /** What is there now, for comparison with a step's state: a count that the autoscaler may have set is the step's. */
    public ObjectNode inWordsOf(ObjectNode step, Workload workload) {
        ObjectNode state = observed(workload);
        boolean scaled = workload.autoscaler()
                .filter(scaler -> !scaler.paused() && scaler.admits(workload.replicas()))
                .isPresent();
        return scaled && step.has(REPLICAS)
                ? state.put(REPLICAS, step.get(REPLICAS).asInt())
                : state;
    }

    /**
     * The replicas that a stopped workload gets back: those that it had, within its autoscaler's bounds; where they are
     * not known, the expected ones.
     */
    int restored(Workload workload, int expectedScale) {
        return workload.autoscaler()
                .map(scaler -> scaler.clamp(workload.formerReplicas().orElse(Math.max(1, expectedScale))))
                .orElseGet(() -> workload.formerReplicas().orElse(Math.max(0, expectedScale)));
    }

    /** What must not have moved between plan and apply; what an autoscaler moves is left out. */
    public Map<String, String> fingerprint(Workload workload, int priority) {
        Map<String, String> parts = new TreeMap<>();
        parts.put("priority", Integer.toString(priority));
        parts.put(
                AUTOSCALER,
                workload.autoscaler()
                        .map(scaler -> scaler.name() + " " + scaler.uid())
                        .orElse("none"));
        if (!workload.startsByItself()) {
            parts.put("atZero", Boolean.toString(workload.replicas() == 0));
        }
        if (workload.autoscaler().isEmpty()) {
            parts.put(REPLICAS, Integer.toString(workload.replicas()));
        }
        return parts;
    }

    /** Why the workload is to be changed or left. */
    public String reason(Workload workload) {
        if (workload.stoppedBy(release)) {
            return "was stopped by " + release + " and not started again";
        }
        if (workload.leftoverOf(release)) {
            return "runs, but still bears the marks of a stop";
        }
        if (workload.replicas() == 0) {
            return workload.stoppedByOtherThan(release)
                    ? "was stopped by " + workload.stoppedBy().orElseThrow()
                    : "is at 0 on purpose";
        }
        return workload.replicas() == 1 ? "runs 1 replica" : "runs " + workload.replicas() + " replicas";
    }

    private ObjectNode state(Workload workload, int replicas, boolean resumed) {
        ObjectNode state = object().put(REPLICAS, replicas);
        workload.autoscaler().ifPresent(scaler -> {
            if (scaler.paused() && !(resumed && scaler.resumableBy(release))) {
                state.put(AUTOSCALER, PAUSED);
            } else {
                state.set(AUTOSCALER, describe(scaler));
            }
        });
        return state;
    }

    private static ObjectNode describe(Autoscaler scaler) {
        return object().put("name", scaler.name()).put("min", scaler.min()).put("max", scaler.max());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
