package io.chartreuse.core.apply;

import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.ReadinessCheck;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until what a run has started again is ready, as far as its providers can tell, and puts on record when it was.
 * Changes nothing, whatever comes of it.
 */
final class ReadinessWait {

    private static final Logger LOG = LoggerFactory.getLogger(ReadinessWait.class);

    private final StageRunner runner;
    private final Providers providers;
    private final RunLog log;
    private final RunObserver observer;
    private final Clock clock;
    private final Instant begun;
    private final Map<String, String> said = new ConcurrentHashMap<>();

    ReadinessWait(StageRunner runner, Providers providers, RunLog log, RunObserver observer, Clock clock) {
        this.runner = runner;
        this.providers = providers;
        this.log = log;
        this.observer = observer;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /**
     * Returns when all is ready, or the providers have waited long enough.
     *
     * @param started the steps that started it
     * @param over    whether the wait is to end now
     * @return what is not ready, and why; empty where all is
     */
    List<Diagnostic> run(List<PlannedStep> started, BooleanSupplier over) throws InterruptedException {
        Map<ReadinessCheck, Map<Step, Progress>> waits = new LinkedHashMap<>();
        for (PlannedStep planned : started) {
            if (providers.of(planned.address()) instanceof ReadinessCheck able) {
                waits.computeIfAbsent(able, any -> new LinkedHashMap<>()).put(runner.step(planned), progress(planned));
            }
        }
        return waits.isEmpty() ? List.of() : run(waits, over);
    }

    private List<Diagnostic> run(Map<ReadinessCheck, Map<Step, Progress>> waits, BooleanSupplier over)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(waits.size(), work -> {
            Thread thread = new Thread(work, "readiness");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<Map<Step, Progress>, Future<List<Diagnostic>>> results = new LinkedHashMap<>();
            waits.forEach((able, steps) -> results.put(steps, threads.submit(() -> able.awaitReady(steps))));
            threads.shutdown();
            runner.await(threads, over);
            return collect(results);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Diagnostic> collect(Map<Map<Step, Progress>, Future<List<Diagnostic>>> results)
            throws InterruptedException {
        List<Diagnostic> problems = new ArrayList<>();
        for (Map.Entry<Map<Step, Progress>, Future<List<Diagnostic>>> result : results.entrySet()) {
            List<Diagnostic> unready = problems(result.getValue());
            result.getKey().keySet().forEach(step -> tell(step, unready));
            problems.addAll(unready);
        }
        return problems;
    }

    private static List<Diagnostic> problems(Future<List<Diagnostic>> result) throws InterruptedException {
        if (!result.isDone()) {
            return List.of(interrupted());
        }
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                return List.of(interrupted());
            }
            if (e.getCause() instanceof ChartreuseException ours) {
                return ours.diagnostics();
            }
            if (e.getCause() instanceof Error error && !(error instanceof VirtualMachineError)) {
                throw error;
            }
            LOG.debug("a provider failed unexpectedly", e.getCause());
            return List.of(internal(e.getCause()));
        }
    }

    private void tell(Step step, List<Diagnostic> unready) {
        Address address = step.change().address();
        unready.stream()
                .filter(problem -> problem.address().filter(address::equals).isPresent())
                .forEach(problem -> observer.on(new RunEvent.Readied(
                        step.id(), address, false, said.getOrDefault(step.id(), problem.summary()), sinceBegun())));
    }

    private Progress progress(PlannedStep planned) {
        return new Progress() {
            @Override
            public void report(String message) {
                said.put(planned.id(), message);
                observer.on(new RunEvent.Readying(planned.id(), planned.address(), message));
            }

            @Override
            public void stands(ReadinessState standing, String how) {
                log.stands(planned.id(), planned.address(), standing, how);
                if (standing == ReadinessState.READY) {
                    observer.on(new RunEvent.Readied(planned.id(), planned.address(), true, how, sinceBegun()));
                }
            }
        };
    }

    private Duration sinceBegun() {
        return Duration.between(begun, clock.instant());
    }

    private static Diagnostic interrupted() {
        return Diagnostic.error(
                ApplyError.INTERRUPTED,
                "the run was interrupted while it waited for what it had started to be ready",
                "All is started. Apply the same plan again: the run is resumed, and waits once more.");
    }

    private static Diagnostic internal(Throwable e) {
        return Diagnostic.error(
                ApplyError.INTERNAL,
                "whether what was started is ready could not be found out: " + e,
                "This is a fault of Chartreuse or of a provider; run again with --debug and report what it shows.");
    }
}
