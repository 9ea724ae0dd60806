package io.chartreuse.core.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import java.util.List;
import java.util.Objects;

/**
 * A plan and the circumstances in which it is to be executed.
 *
 * @param release             the release of the configuration in force
 * @param configurationDigest of the configuration in force
 * @param settings            a short digest of each of its settings; empty: unknown
 * @param terms               what the configuration in force says of any plan
 * @param parallelism         how many steps of a stage may run at once; from 1
 * @param stop                how the caller ends the run in order
 * @param approvals           fingerprints of the keys whose approvals of the plan count
 */
public record ApplyRequest(
        Plan plan,
        Release release,
        String configurationDigest,
        ObjectNode settings,
        PlanTerms terms,
        Actor actor,
        String chartreuseVersion,
        int parallelism,
        LockRequest lock,
        StopSignal stop,
        RunObserver observer,
        List<String> approvals) {
    public ApplyRequest {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(configurationDigest, "configurationDigest");
        settings = settings.deepCopy();
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(chartreuseVersion, "chartreuseVersion");
        Objects.requireNonNull(lock, "lock");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(observer, "observer");
        approvals = List.copyOf(approvals);
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be 1 at least: " + parallelism);
        }
    }

    /** Of a plan that this process made itself, and that needs no approval. */
    public ApplyRequest(
            Plan plan,
            Release release,
            String configurationDigest,
            Actor actor,
            String chartreuseVersion,
            int parallelism,
            LockRequest lock,
            StopSignal stop,
            RunObserver observer) {
        this(
                plan,
                release,
                configurationDigest,
                Json.object(),
                PlanTerms.of(plan),
                actor,
                chartreuseVersion,
                parallelism,
                lock,
                stop,
                observer,
                List.of());
    }
}
