package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Phase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Describes the state of a workload as in a plan: {@code {"replicas": 3, "autoscaler": {"name": "web", "min": 2, "max":
 * 10}}}, in maintenance {@code {"replicas": 0, "autoscaler": "paused"}}; of a CronJob {@code {"suspended": false}}.
 * Several autoscalers stand under {@code autoscalers}, by name. {@code heldBy} is present where others keep the
 * workload at 0 as well, {@code fieldManager} where an aborted run still owns fields of it. Pure.
 *
 * @param holder the holder of this release's marks
 */
public record WorkloadStates(String holder) {

    static final String REPLICAS = "replicas";
    static final String SUSPENDED = "suspended";
    static final String AUTOSCALER = "autoscaler";
    static final String AUTOSCALERS = "autoscalers";
    static final String PAUSED = "paused";
    static final String HELD_BY = "heldBy";
    static final String FIELD_MANAGER = "fieldManager";

    /** The state of a workload that does not exist. */
    public ObjectNode absent() {
        return object().put("exists", false);
    }

    /** The current state. A mark that outlived its stop shows as {@code stoppedBy}: it has to be removed. */
    public ObjectNode observed(Workload workload) {
        ObjectNode state = scaled(workload, workload.replicas());
        autoscalers(state, workload, scaler -> scaler.paused() ? paused() : describe(scaler));
        if (workload.stoppedByOtherThan(holder)) {
            held(state, workload.holds());
        }
        if (workload.leftOwned()) {
            state.put(FIELD_MANAGER, "chartreuse");
        }
        return workload.leftoverOf(holder) ? state.put("stoppedBy", leftBy(workload)) : state;
    }

    private String leftBy(Workload workload) {
        return workload.stale().isEmpty()
                ? holder
                : String.join(", ", workload.stale().holders());
    }

    /**
     * The state that the release wants: a running workload runs on, a workload that Chartreuse stopped starts again,
     * and one that is at 0 on purpose or for others stays at 0.
     */
    public ObjectNode desired(Workload workload, int expectedScale) {
        boolean shared = workload.stoppedByOtherThan(holder);
        ObjectNode state = scaled(workload, shared ? 0 : target(workload, expectedScale));
        autoscalers(
                state,
                workload,
                scaler -> scaler.paused() && !scaler.resumableBy(holder, workload) ? paused() : describe(scaler));
        if (shared) {
            held(state, workload.holds().without(holder));
        }
        return state;
    }

    /** The state while databases migrate. */
    public ObjectNode maintenance(Workload workload) {
        boolean untouched = workload.atZero() && workload.holds().isEmpty() && !workload.startsByItself();
        ObjectNode state = scaled(workload, 0);
        autoscalers(state, workload, scaler -> untouched && !scaler.paused() ? describe(scaler) : paused());
        if (workload.stoppedByOtherThan(holder)) {
            held(state, workload.holds().with(new Hold(holder, "", "")));
        }
        return state;
    }

    /** The current state, as shown at the end of a step. */
    public ObjectNode shown(Workload workload) {
        return observed(workload).without(List.of(FIELD_MANAGER)); // the ownership ends only with the run
    }

    /**
     * The current state, for comparison with a step's state. Takes over from the step what may change by itself: a
     * count that an autoscaler may have set, and the other holders.
     */
    public ObjectNode inWordsOf(ObjectNode step, Phase phase, Workload workload) {
        boolean held = workload.stoppedBy(holder);
        if (phase == Phase.AFTER
                && !workload.marked(holder)
                && (workload.stoppedByOtherThan(holder) || step.has(HELD_BY))) {
            return step.deepCopy();
        }
        ObjectNode state = shown(workload);
        if (phase == Phase.DURING && held) {
            state.remove(HELD_BY);
            if (step.has(HELD_BY)) {
                state.set(HELD_BY, step.get(HELD_BY));
            }
        }
        return isScaled(workload) && step.has(REPLICAS)
                ? state.put(REPLICAS, step.get(REPLICAS).asInt())
                : state;
    }

    private static boolean isScaled(Workload workload) {
        return workload.autoscalers().stream()
                .anyMatch(scaler -> !scaler.paused() && scaler.admits(workload.replicas()));
    }

    /** The replicas that it has when no release holds it. */
    private int target(Workload workload, int expectedScale) {
        boolean stopped = workload.atZero() && !workload.holds().isEmpty();
        return stopped || workload.leftByEarlierTool() ? restored(workload, expectedScale) : workload.replicas();
    }

    /**
     * The replicas that a stopped workload gets back: its former number, within its autoscaler's bounds; where that is
     * not known, the expected number.
     */
    int restored(Workload workload, int expectedScale) {
        if (workload.kind().isSuspended()) {
            return 1;
        }
        int least = workload.autoscalers().isEmpty() ? 0 : 1;
        int replicas = workload.formerReplicas().orElse(Math.max(least, expectedScale));
        for (Autoscaler scaler : workload.autoscalers()) {
            replicas = scaler.clamp(replicas);
        }
        return replicas;
    }

    /**
     * What must not change between plan and apply: the workload as it is when no release holds it, without what an
     * autoscaler changes.
     */
    public Map<String, String> fingerprint(Workload workload, int priority, int expectedScale) {
        Map<String, String> parts = new TreeMap<>();
        parts.put("priority", Integer.toString(priority));
        parts.put(
                AUTOSCALER,
                workload.autoscalers().isEmpty()
                        ? "none"
                        : workload.autoscalers().stream()
                                .map(scaler -> scaler.name() + " " + scaler.uid())
                                .collect(Collectors.joining(", ")));
        int replicas = target(workload, expectedScale);
        if (!workload.startsByItself()) {
            parts.put("atZero", Boolean.toString(replicas == 0));
        }
        if (workload.autoscalers().isEmpty()) {
            parts.put(REPLICAS, Integer.toString(replicas));
        }
        return parts;
    }

    /** Why the workload changes or stays as it is. */
    public String reason(Workload workload) {
        if (workload.atZero() && !workload.holds().isEmpty()) {
            return "stopped by " + workload.holds();
        }
        if (workload.leftByEarlierTool()) {
            return "stopped by the earlier tool";
        }
        if (!workload.stale().isEmpty()) {
            return "runs, but is marked as stopped by " + workload.stale() + ": the mark is stale";
        }
        if (workload.leftoverOf(holder)) {
            return "runs, but what scales it is still marked as paused";
        }
        if (workload.leftOwned()) {
            return "a run that ended early still owns fields of it";
        }
        if (workload.kind().isSuspended()) {
            return workload.atZero() ? "is suspended on purpose" : "is not suspended";
        }
        if (workload.atZero()) {
            return "is at 0 on purpose";
        }
        return running(workload);
    }

    /** The number of running pods, which may differ from the requested number. */
    private static String running(Workload workload) {
        String wanted = CountText.of(workload.replicas(), "replica");
        return workload.readyPods()
                .map(ready -> ready >= workload.replicas()
                        ? "runs " + wanted
                        : ready + " of " + CountText.of(workload.replicas(), "pod") + " ready")
                .orElse("asks for " + wanted);
    }

    private static ObjectNode scaled(Workload workload, int replicas) {
        return workload.kind().isSuspended()
                ? object().put(SUSPENDED, replicas == 0)
                : object().put(REPLICAS, replicas);
    }

    private static void autoscalers(ObjectNode state, Workload workload, Function<Autoscaler, JsonNode> words) {
        List<Autoscaler> all = workload.autoscalers();
        if (all.size() == 1) {
            state.set(AUTOSCALER, words.apply(all.get(0)));
        } else if (!all.isEmpty()) {
            ObjectNode byName = state.putObject(AUTOSCALERS);
            all.forEach(scaler -> byName.set(scaler.name(), withoutName(words.apply(scaler))));
        }
    }

    private static JsonNode withoutName(JsonNode words) {
        return words.isObject() ? ((ObjectNode) words).without("name") : words;
    }

    private static void held(ObjectNode state, Holds holds) {
        var names = state.putArray(HELD_BY);
        holds.holders().forEach(names::add);
    }

    private static JsonNode describe(Autoscaler scaler) {
        ObjectNode words =
                object().put("name", scaler.name()).put("min", scaler.min()).put("max", scaler.max());
        return scaler.type() == Autoscaler.Type.SCALED_OBJECT
                ? words.put("kind", scaler.type().kind())
                : words;
    }

    private static JsonNode paused() {
        return JsonNodeFactory.instance.textNode(PAUSED);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
