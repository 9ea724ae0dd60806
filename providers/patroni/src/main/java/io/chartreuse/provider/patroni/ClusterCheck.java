package io.chartreuse.provider.patroni;

import io.chartreuse.provider.patroni.failover.FailoverSwitch.Refusal;
import io.chartreuse.provider.patroni.gate.ClusterReadiness;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Optional;

/** Turns the state of a cluster into a check for people. Pure. */
final class ClusterCheck {

    private ClusterCheck() {}

    /** A cluster that is not ready yet is only a warning, because its gate would wait for it. */
    static Check of(Address address, ClusterReadiness readiness) {
        String subject = "cluster " + address.name();
        Optional<Diagnostic> nobody = ClusterProblem.ofPlanning(address, readiness);
        if (nobody.isPresent()) {
            return Check.bad(subject, "not reachable", nobody.get());
        }
        return readiness.isReady()
                ? Check.good(subject, ClusterResource.ready(readiness))
                : Check.bad(subject, "not ready", notReady(address, readiness));
    }

    /** Whether failover can be paused. */
    static Check ofPause(Address address, Optional<Refusal> refusal) {
        String subject = "failover " + address.name();
        return refusal.isPresent()
                ? Check.bad(subject, "cannot be paused", ClusterProblem.ofRefusal(address, refusal.get()))
                : Check.good(subject, "can be paused: Patroni takes changes of its configuration");
    }

    private static Diagnostic notReady(Address address, ClusterReadiness readiness) {
        return Diagnostic.warning(
                        PatroniError.NOT_READY,
                        "cluster " + address.name() + " is not ready: " + readiness.what(),
                        readiness.remedy())
                .about(address);
    }
}
