package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.SuspensionWatcher;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets providers watch suspended resources while a stage of databases runs. */
final class SuspensionWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SuspensionWatch.class);

    /** How long to wait for a watcher that was interrupted; one that does not react is left running. */
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final List<Thread> threads;

    private SuspensionWatch(List<Thread> threads) {
        this.threads = threads;
    }

    /**
     * Begins to watch during the stage of migrations; does nothing at other stages.
     *
     * @param report receives what a watcher reports, from the watcher's thread
     */
    static SuspensionWatch during(Stage stage, Plan plan, Providers providers, BiConsumer<Address, String> report) {
        if (stage.name() != StageName.MIGRATE) {
            return new SuspensionWatch(List.of());
        }
        return new SuspensionWatch(plan.changes().stream()
                .filter(change -> change.role() == Role.SUSPEND && !change.unchanged())
                .map(Change::address)
                .filter(address -> providers.of(address) instanceof SuspensionWatcher)
                .map(address -> start((SuspensionWatcher) providers.of(address), address, report))
                .toList());
    }

    private static Thread start(SuspensionWatcher watcher, Address address, BiConsumer<Address, String> report) {
        Thread thread = new Thread(() -> watch(watcher, address, report), "watch " + address);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A watcher that fails does not end the run: the run only loses this safeguard. */
    private static void watch(SuspensionWatcher watcher, Address address, BiConsumer<Address, String> report) {
        try {
            watcher.watch(address, message -> report.accept(address, message));
        } catch (InterruptedException through) {
            LOG.debug("{} is no longer watched", address);
        } catch (RuntimeException e) {
            LOG.debug("the watcher of {} failed", address, e);
            report.accept(address, "nothing watches it any more: " + e.getMessage());
        }
    }

    /** Returns when the watchers are through, so that none of them meets the steps that follow. */
    void end() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(TO_END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
