package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Guardian;
import io.chartreuse.spi.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets providers look after what is suspended, for as long as a stage of databases runs. */
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** Whoever does not listen to an interrupt is left behind. */
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final List<Thread> threads;

    private Guard(List<Thread> threads) {
        this.threads = threads;
    }

    /**
     * Begins it; at other stages there is nothing to guard.
     *
     * @param told takes what a guardian reports, from its thread
     */
    static Guard during(Stage stage, Plan plan, Providers providers, BiConsumer<Address, String> told) {
        if (stage.name() != StageName.MIGRATE) {
            return new Guard(List.of());
        }
        return new Guard(plan.changes().stream()
                .filter(change -> change.role() == Role.SUSPEND && !change.unchanged())
                .map(Change::address)
                .filter(address -> providers.of(address) instanceof Guardian)
                .map(address -> start((Guardian) providers.of(address), address, told))
                .toList());
    }

    private static Thread start(Guardian guardian, Address address, BiConsumer<Address, String> told) {
        Thread thread = new Thread(() -> guard(guardian, address, told), "guard " + address);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A guardian that fails is a safeguard less, and no reason to end a run. */
    private static void guard(Guardian guardian, Address address, BiConsumer<Address, String> told) {
        try {
            guardian.guard(address, message -> told.accept(address, message));
        } catch (InterruptedException through) {
            LOG.debug("{} is no longer guarded", address);
        } catch (RuntimeException e) {
            LOG.debug("the guardian of {} failed", address, e);
            told.accept(address, "nobody looks after it any more: " + e.getMessage());
        }
    }

    /** Returns when the guardians are through, so that none of them meets the steps that follow. */
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
