package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadStatesTest {

    private final WorkloadStates states = new WorkloadStates("shop");

    @Test
    void whatWasStoppedComesBackAsItWas() {
        assertEquals(3, states.restored(stopped(Optional.of(3)), 7));
    }

    @Test
    void whatWasStoppedComesBackWithinTheBoundsOfItsAutoscaler() {
        assertEquals(5, states.restored(stopped(Optional.of(9), scaler(2, 5)), 1));
        assertEquals(2, states.restored(stopped(Optional.of(1), scaler(2, 5)), 1));
    }

    @Test
    void theExpectedScaleCountsWhereTheFormerIsNotKnown() {
        assertEquals(4, states.restored(stopped(Optional.empty()), 4));
        assertEquals(0, states.restored(stopped(Optional.empty()), 0));
    }

    @Test
    void whatAnAutoscalerTargetsComesBackWithOneAtLeast() {
        assertEquals(1, states.restored(stopped(Optional.empty(), scaler(0, 5)), 0));
        assertEquals(1, states.restored(stopped(Optional.empty(), scaler(1, 5)), -1));
    }

    @Test
    void anAutoscalerThatStandsStillIsLeftAloneInMaintenance() {
        Workload idle = workload(0, Optional.empty(), Holds.none(), scaler(1, 5));

        assertEquals(states.observed(idle), states.maintenance(idle));
    }

    @Test
    void whetherItIsAtZeroIsNoFingerprintWhereTheAutoscalerDecidesThat() {
        Workload fromZero = workload(0, Optional.empty(), Holds.none(), scaler(0, 5));

        assertEquals(Map.of("autoscaler", "web 2", "priority", "7"), states.fingerprint(fromZero, 7, 1));
    }

    @Test
    void whatAnotherReleasePausedStaysPaused() {
        Autoscaler theirs = scaler(1, 5, true, held("another"));
        Workload web = workload(2, Optional.empty(), Holds.none(), theirs);

        assertEquals("paused", states.desired(web, 1).get("autoscaler").asText());
    }

    private static Workload stopped(Optional<Integer> former, Autoscaler... scalers) {
        return workload(0, former, held("shop"), scalers);
    }

    private static Workload workload(int replicas, Optional<Integer> former, Holds holds, Autoscaler... scalers) {
        return new Workload(
                WorkloadKind.DEPLOYMENT,
                "web",
                "1",
                replicas,
                holds,
                Holds.none(),
                former,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(scalers));
    }

    private static Holds held(String... holders) {
        return new Holds(Stream.of(holders)
                .map(holder -> new Hold(holder, "run-1", "2026-11-22T07:00:00Z"))
                .toList());
    }

    private static Autoscaler scaler(int min, int max) {
        return scaler(min, max, false, Holds.none());
    }

    private static Autoscaler scaler(int min, int max, boolean paused, Holds holds) {
        return new Autoscaler(
                Autoscaler.Type.HORIZONTAL_POD_AUTOSCALER,
                "web",
                "2",
                min,
                max,
                paused,
                paused,
                holds,
                false,
                JsonNodeFactory.instance.objectNode());
    }
}
