package io.chartreuse.core.repair;

import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Fence;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The repairs of all providers that can. */
public final class Repairs {

    /** A lock that is not known to be ours is renewed before the next repair. */
    private static final Duration FOR_THE_LOCK = Duration.ofMinutes(1);

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
     * Executes these, in this order, while no run is under way.
     *
     * @param fence the lock that is held
     * @param done  called for each repair when it is done
     * @throws ChartreuseException if the lock cannot be taken, or a repair fails; those after it are not begun
     */
    public void execute(List<Repair> repairs, Fence fence, Consumer<Repair> done) {
        for (Repair repair : repairs) {
            fence.await(Duration.ZERO, FOR_THE_LOCK);
            able(providers.of(repair.address())).forEach(able -> able.repair(repair));
            done.accept(repair);
        }
    }

    private static Stream<Repairable> able(Provider provider) {
        return provider instanceof Repairable able ? Stream.of(able) : Stream.empty();
    }
}
