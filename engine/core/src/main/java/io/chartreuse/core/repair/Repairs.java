package io.chartreuse.core.repair;

import io.chartreuse.core.lock.HeldLock;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.lock.Pause;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Lock;
import io.chartreuse.spi.Provider;
import io.chartreuse.spi.Repair;
import io.chartreuse.spi.Repairable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repairs of all providers that can. */
public final class Repairs {

    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

    private final Providers providers;

    public Repairs(Providers providers) {
        this.providers = providers;
    }

    /**
     * What would be cleared away. Changes nothing.
     *
     * @throws ChartreuseException with the problems of all providers that cannot tell
     */
    public List<Repair> find() {
        List<Repair> found = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        providers.names().stream().map(providers::named).flatMap(Repairs::able).forEach(able -> {
            try {
                found.addAll(able.repairs());
            } catch (ChartreuseException e) {
                problems.addAll(e.diagnostics());
            }
        });
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        return List.copyOf(found);
    }

    /**
     * Does these, in this order, while no run goes on.
     *
     * @param done told of each when it is done
     * @throws ChartreuseException where the lock is not to be had, or a repair fails; those after it are not begun
     */
    public void execute(List<Repair> repairs, Lock lock, LockRequest request, Clock clock, Consumer<Repair> done)
            throws InterruptedException {
        try (HeldLock held = HeldLock.acquire(lock, request, clock, Pause.REAL, () -> {}, LOG::info)) {
            for (Repair repair : repairs) {
                if (held.isLost()) {
                    throw new IllegalStateException("the lock was lost before: " + repair.action());
                }
                able(providers.of(repair.address())).forEach(able -> able.repair(repair));
                done.accept(repair);
            }
        }
    }

    private static Stream<Repairable> able(Provider provider) {
        return provider instanceof Repairable able ? Stream.of(able) : Stream.empty();
    }
}
