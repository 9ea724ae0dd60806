package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.MaintenanceWatcher;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets providers watch resources in maintenance, from the end of their stage until the first stage that brings back.
 */
final class MaintenanceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceWatch.class);

    /** A provider that does not listen to an interrupt is left behind after that, whatever it watches: it must change nothing more. */
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final Plan plan;
    private final Providers providers;
    private final String runId;
    private final Listener listener;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Address, String> disturbances = new ConcurrentHashMap<>();
    private final List<Diagnostic> failures = new CopyOnWriteArrayList<>();

    /** @param listener called from threads of the guard */
    MaintenanceWatch(Plan plan, Providers providers, String runId, Listener listener) {
        this.plan = plan;
        this.providers = providers;
        this.runId = runId;
        this.listener = listener;
    }

    /** Hears what others do to what is stopped. */
    interface Listener {

        void disturbed(Address address, ReadinessState standing, String message);

        /** The run must end for it; {@link #failures} says why. */
        void failed(Address address);
    }

    /** Begins with what that stage has stopped; of other stages there is nothing to watch. */
    void begin(Stage stage) {
        if (stage.name() == StageName.QUIESCE) {
            stage.steps().stream()
                    .filter(step -> providers.of(step.address()) instanceof MaintenanceWatcher)
                    .forEach(this::begin);
        }
    }

    private void begin(PlannedStep planned) {
        MaintenanceWatcher provider = (MaintenanceWatcher) providers.of(planned.address());
        Step step = new Step(planned.id(), plan.change(planned.address()), planned.to(), runId);
        Thread thread = new Thread(() -> watch(provider, step), "watch " + planned.address());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void watch(MaintenanceWatcher provider, Step step) {
        Address address = step.change().address();
        try {
            provider.watch(step, heardOf(address));
        } catch (InterruptedException through) {
            LOG.debug("{} is no longer watched", address);
        } catch (ChartreuseException e) {
            e.diagnostics().stream()
                    .map(problem -> problem.address().isPresent() ? problem : problem.about(address))
                    .forEach(failures::add);
            listener.failed(address);
        } catch (RuntimeException e) {
            LOG.warn("{} is no longer watched: {}", address, e.toString());
        }
    }

    private MaintenanceWatcher.Interference heardOf(Address address) {
        return new MaintenanceWatcher.Interference() {
            @Override
            public void putBack(String message) {
                disturbances.put(address, message);
                listener.disturbed(address, ReadinessState.PUT_BACK, message);
            }

            @Override
            public void still(String message) {
                disturbances.putIfAbsent(address, message);
                listener.disturbed(address, ReadinessState.STOPPED, message);
            }
        };
    }

    /**
     * Returns when nothing is watched any more, so that no watcher interferes with the steps that bring workloads back.
     */
    void end() {
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + TO_END.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(
                        Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    /** Why the run must end; empty where it need not. */
    List<Diagnostic> failures() {
        return List.copyOf(failures);
    }

    /** What a person has to know at the end, of each resource that others changed. */
    List<Diagnostic> warnings() {
        return new TreeMap<>(disturbances)
                .entrySet().stream()
                        .filter(entry -> failures.stream()
                                .noneMatch(failure -> failure.address()
                                        .filter(entry.getKey()::equals)
                                        .isPresent()))
                        .map(entry -> Diagnostic.warning(
                                        ApplyError.DISTURBED,
                                        entry.getKey() + " was changed by others while the run held it stopped: it "
                                                + entry.getValue(),
                                        "Keep who did it from doing so during a run. The record says when: chartreuse audit"
                                                + " show " + runId)
                                .about(entry.getKey()))
                        .toList();
    }
}
