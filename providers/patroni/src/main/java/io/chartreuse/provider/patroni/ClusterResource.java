package io.chartreuse.provider.patroni;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.gate.ClusterReadiness;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.provider.patroni.rest.Leader;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Map;

/** Turns the state of a cluster into a resource of the engine. */
final class ClusterResource {

    private ClusterResource() {}

    /**
     * The state holds readiness only: values that change by themselves, such as the leader, must not make plans differ.
     */
    static ObjectNode state(boolean ready) {
        return JsonNodeFactory.instance.objectNode().put("ready", ready);
    }

    /** No fingerprint: a cluster may fail over between plan and apply, and the gate is there for that. */
    static Resource of(Address address, ClusterReadiness readiness) {
        return Resource.gate(address, state(readiness.isReady()), state(true), reason(readiness))
                .withFingerprint(readiness.identity(), Map.of())
                .withFindings(findings(address, readiness));
    }

    /** An unreachable Patroni is an error: no plan can be made of the cluster, and a gate would wait without end. */
    private static List<Diagnostic> findings(Address address, ClusterReadiness readiness) {
        if (readiness.isReady()) {
            return List.of();
        }
        return List.of(ClusterProblem.ofPlanning(address, readiness).orElseGet(() -> notReadyYet(address, readiness)));
    }

    private static String reason(ClusterReadiness readiness) {
        return readiness.isReady() ? ready(readiness) : "not ready: " + readiness.what();
    }

    /** Which cluster it is, for those who read a plan or watch a run. */
    static String ready(ClusterReadiness readiness) {
        if (readiness.presence() == EndpointPresence.NOT_ASKED) {
            return "ready: its roles create, write and read (the probe alone; no endpoints of Patroni's REST API)";
        }
        return "ready: leader " + readiness.leader().map(Leader::name).orElse("unnamed") + " accepts writes ("
                + LeaderLine.of(readiness.identity(), readiness.leader()) + ")";
    }

    private static Diagnostic notReadyYet(Address address, ClusterReadiness readiness) {
        return Diagnostic.warning(
                        PatroniError.NOT_READY,
                        "cluster " + address.name() + " is not ready yet, the gate will wait: " + readiness.what(),
                        readiness.remedy())
                .about(address);
    }
}
