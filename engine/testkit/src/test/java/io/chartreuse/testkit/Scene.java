package io.chartreuse.testkit;

import io.chartreuse.core.apply.Admission;
import io.chartreuse.core.apply.AfterRun;
import io.chartreuse.core.apply.Applier;
import io.chartreuse.core.apply.ApplyRequest;
import io.chartreuse.core.apply.Hooks;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.lock.LockClock;
import io.chartreuse.core.lock.LockFence;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.lock.Sleeper;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.state.Recorder;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateMaker;
import io.chartreuse.core.state.StateReader;
import io.chartreuse.spi.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One release in memory, and processes that work on it one after the other. */
final class Scene {

    static final Release RELEASE = new Release("shop", Optional.empty());
    static final String CONFIGURATION = "sha256:configuration";

    final InMemoryWorld world;
    final InMemoryBackend backend = new InMemoryBackend();
    final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T07:00:00Z"));
    final List<RunEvent> events = new CopyOnWriteArrayList<>();
    RunObserver watch = RunObserver.NONE;
    Sleeper pause = clock::advance;
    StopSignal stop = new StopSignal(clock);
    OnFailure onFailure = OnFailure.HOLD;
    int parallelism = 4;

    Scene(InMemoryWorld world) {
        this.world = world;
    }

    Scene onFailure(OnFailure choice) {
        onFailure = choice;
        return this;
    }

    Plan plan(Intent intent) {
        Providers providers = providers(CrashSchedule.immortal());
        return Planner.plan(
                new PlanRequest(
                        RELEASE,
                        intent == Intent.MIGRATE ? Strategy.BEFORE : Strategy.AFTER,
                        onFailure,
                        CONFIGURATION,
                        Json.object(),
                        List.of("memory"),
                        "1.0.0",
                        clock.instant(),
                        Optional.empty(),
                        new TreeMap<>(backend.anchor())),
                Differ.diff(providers.refresh(providers.names()), intent));
    }

    Plan plan() {
        return plan(Intent.MIGRATE_AND_RESTORE);
    }

    RunReport apply(Plan plan) {
        return apply(plan, CrashSchedule.immortal());
    }

    RunReport apply(Plan plan, CrashSchedule process) {
        return apply(plan, process, RELEASE, CONFIGURATION);
    }

    RunReport apply(Plan plan, CrashSchedule process, Release release, String configuration) {
        InMemoryBackend seen = backend.seenBy(process);
        Providers providers = providers(process);
        LockFence fence = new LockFence();
        Recorder recorder = new Recorder(providers, seen.state(), maker(configuration), clock);
        Applier applier = new Applier(
                providers,
                seen,
                new LockClock(clock, clock::elapsed, pause),
                fence,
                text -> text,
                new Hooks(
                        Admission.OF_ALL,
                        (run, executed, patience, told) ->
                                recorder.record(run.id(), executed.providers(), patience, told),
                        AfterRun.NONE));
        try {
            return applier.apply(new ApplyRequest(
                    plan,
                    release,
                    configuration,
                    new Actor("ada", "laptop", 7),
                    "1.0.0",
                    parallelism,
                    new LockRequest("run by ada", LockRequest.DEFAULT_DURATION, Duration.ZERO),
                    stop,
                    this::observe));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a test", e);
        }
    }

    private static StateMaker maker(String configuration) {
        return new StateMaker(
                RELEASE,
                "1.0.0",
                Sha256.of(configuration),
                new TreeMap<>(Map.of("memory", Sha256.of("section"))),
                Optional.empty());
    }

    Optional<State> state() {
        return StateReader.read(backend.state(), RELEASE);
    }

    private void observe(RunEvent event) {
        events.add(event);
        watch.on(event);
    }

    List<Run> runs() {
        return new AuditTrail(backend, RELEASE).runs();
    }

    private Providers providers(CrashSchedule process) {
        return Providers.of(Map.of("memory", new InMemoryProvider(world, process)));
    }
}
