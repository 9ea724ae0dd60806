package io.chartreuse.provider.kubernetes.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.apply.Applier;
import io.chartreuse.core.apply.ApplyRequest;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.lock.LockClock;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.run.Actor;
import io.chartreuse.provider.kubernetes.KubernetesBackendFactory;
import io.chartreuse.provider.kubernetes.KubernetesProviderFactory;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Phase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Measures the engine: plan, lock, journal, provider and backend, all against the real cluster. */
final class WithEngine {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Release THE_RELEASE = new Release(BenchmarkNamespace.RELEASE, Optional.empty());

    private final ObjectNode section;
    private final int parallelism;

    WithEngine(Path kubeconfig, BenchmarkNamespace namespace, int parallelism) {
        this.section = JsonNodeFactory.instance
                .objectNode()
                .put("kubeconfig", kubeconfig.toString())
                .put("namespace", namespace.name());
        section.putObject("ready").put("timeout", "0s"); // the cluster alone does not wait either
        this.parallelism = parallelism;
    }

    /** From the start of the first stopping step to the end of the last starting step, by the run's events. */
    Times measure() throws InterruptedException {
        Context context = new Context(
                THE_RELEASE.name(),
                Optional.empty(),
                Path.of("").toAbsolutePath(),
                reference -> {
                    throw new IllegalStateException("no secret is needed");
                },
                Map.of(),
                CLOCK);
        Steps steps = new Steps();
        try (Providers providers = Providers.of(Map.of(
                        "instant",
                        new InstantMigration(),
                        "kubernetes",
                        new KubernetesProviderFactory().create(section, context)));
                Backend backend = new KubernetesBackendFactory().create(section, context)) {
            RunReport report = new Applier(providers, backend, LockClock.real(CLOCK), text -> text)
                    .apply(request(plan(providers), steps));
            if (!report.problems().isEmpty()) {
                throw new IllegalStateException(report.problems().toString());
            }
        }
        return steps.times();
    }

    private static Plan plan(Providers providers) {
        return Planner.plan(
                new PlanRequest(
                        THE_RELEASE,
                        Strategy.AFTER,
                        OnFailure.HOLD,
                        "sha256:none",
                        providers.names(),
                        "benchmark",
                        CLOCK.instant()),
                Differ.diff(providers.refresh(providers.names()), Intent.MIGRATE_AND_RESTORE));
    }

    private ApplyRequest request(Plan plan, RunObserver observer) {
        Actor actor = new Actor("benchmark", "here", ProcessHandle.current().pid());
        return new ApplyRequest(
                plan,
                THE_RELEASE,
                "sha256:none",
                actor,
                "benchmark",
                parallelism,
                new LockRequest(actor.toString(), LockRequest.DEFAULT_DURATION, Duration.ZERO),
                new StopSignal(CLOCK),
                observer);
    }

    /** Records the start of the first stage, the last stop, and the last start. */
    private static final class Steps implements RunObserver {

        private long begun;
        private long stopped;
        private long started;

        @Override
        public synchronized void on(RunEvent event) {
            if (event instanceof RunEvent.StageBegun && begun == 0) {
                begun = System.nanoTime();
            }
            if (event instanceof RunEvent.StepEnded ended) {
                started = System.nanoTime();
                stopped = ended.to() == Phase.DURING ? started : stopped;
            }
        }

        private synchronized Times times() {
            return new Times(Duration.ofNanos(stopped - begun), Duration.ofNanos(started - stopped));
        }
    }
}
