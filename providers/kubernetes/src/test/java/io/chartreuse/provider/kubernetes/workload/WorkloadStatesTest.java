package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkloadStatesTest {

    private final WorkloadStates states = new WorkloadStates("shop");

    @Test
    void whatWasStoppedComesBackAsItWas() {
        assertEquals(3, states.restored(stopped(Optional.of(3), Optional.empty()), 7));
    }

    @Test
    void whatWasStoppedComesBackWithinTheBoundsOfItsAutoscaler() {
        assertEquals(5, states.restored(stopped(Optional.of(9), Optional.of(scaler(2, 5))), 1));
        assertEquals(2, states.restored(stopped(Optional.of(1), Optional.of(scaler(2, 5))), 1));
    }

    @Test
    void theExpectedScaleCountsWhereTheFormerIsNotKnown() {
        assertEquals(4, states.restored(stopped(Optional.empty(), Optional.empty()), 4));
        assertEquals(0, states.restored(stopped(Optional.empty(), Optional.empty()), 0));
    }

    @Test
    void whatAnAutoscalerTargetsComesBackWithOneAtLeast() {
        assertEquals(1, states.restored(stopped(Optional.empty(), Optional.of(scaler(0, 5))), 0));
        assertEquals(1, states.restored(stopped(Optional.empty(), Optional.of(scaler(1, 5))), -1));
    }

    @Test
    void anAutoscalerThatStandsStillIsLeftAloneInMaintenance() {
        Workload idle = new Workload("web", "1", 0, Optional.empty(), Optional.empty(), Optional.of(scaler(1, 5)));

        assertEquals(states.observed(idle), states.maintenance(idle));
    }

    @Test
    void whetherItIsAtZeroIsNoFingerprintWhereTheAutoscalerDecidesThat() {
        Workload fromZero = new Workload("web", "1", 0, Optional.empty(), Optional.empty(), Optional.of(scaler(0, 5)));

        assertEquals(Map.of("autoscaler", "web 2", "priority", "7"), states.fingerprint(fromZero, 7));
    }

    @Test
    void whatAnotherReleasePausedStaysPaused() {
        Autoscaler theirs = new Autoscaler("web", "2", 1, 5, true, true, Optional.of("another"));
        Workload web = new Workload("web", "1", 2, Optional.empty(), Optional.empty(), Optional.of(theirs));

        assertEquals("paused", states.desired(web, 1).get("autoscaler").asText());
    }

    private static Workload stopped(Optional<Integer> former, Optional<Autoscaler> scaler) {
        return new Workload("web", "1", 0, Optional.of("shop"), former, scaler);
    }

    private static Autoscaler scaler(int min, int max) {
        return new Autoscaler("web", "2", min, max, false, false, Optional.empty());
    }
}
