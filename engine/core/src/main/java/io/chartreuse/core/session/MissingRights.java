package io.chartreuse.core.session;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.refresh.Concurrently;
import io.chartreuse.core.refresh.PreflightRun;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for missing rights before a run writes anything, the lock included. All that are missing are said at once. Where
 * every right is granted that any plan could need, nothing more is asked; else a plan is made for this question alone, as a
 * right that this run does not need refuses nothing.
 */
public final class MissingRights {

    private final Providers providers;
    private final Backend backend;

    MissingRights(Providers providers, Backend backend) {
        this.providers = providers;
        this.backend = backend;
    }

    /**
     * Refuses a run that would end for a missing right.
     *
     * @param choice the plan that would be executed; empty where there would be nothing to do
     */
    public void require(Supplier<Optional<Plan>> choice) {
        CompletableFuture<List<Diagnostic>> asked =
                Concurrently.start("rights", () -> PreflightRun.missingRights(List.of(backend)));
        List<Diagnostic> workloads = PreflightRun.missingRights(all());
        List<Diagnostic> records = Concurrently.result(asked);
        List<Diagnostic> missing =
                Stream.concat(workloads.stream(), records.stream()).toList();
        refuse(records.isEmpty() ? List.of() : missing);
        if (!missing.isEmpty()) {
            requireFor(choice, missing);
        }
    }

    /**
     * The same for a run that brings workloads back, which needs no record.
     *
     * @param choice the plan that would be executed
     */
    public void requireToRestore(Supplier<Plan> choice) {
        List<Diagnostic> missing = PreflightRun.missingRights(all());
        if (!missing.isEmpty()) {
            requireFor(() -> Optional.of(choice.get()), missing);
        }
    }

    /** Refuses where any right is missing that some plan could need. */
    public void requireAll() {
        List<Object> asked = new ArrayList<>(all());
        asked.add(backend);
        refuse(PreflightRun.missingRights(asked));
    }

    private void requireFor(Supplier<Optional<Plan>> choice, List<Diagnostic> missing) {
        Optional<Plan> plan = read(choice, missing);
        plan.ifPresent(chosen -> {
            List<Change> changes = chosen.changes().stream()
                    .filter(change -> !change.unchanged())
                    .toList();
            PreflightRun.require(
                    changes.stream()
                            .map(change -> providers.of(change.address()))
                            .distinct()
                            .toList(),
                    changes);
        });
    }

    /** A preflight knows the objects that were read last. */
    private Optional<Plan> read(Supplier<Optional<Plan>> choice, List<Diagnostic> missing) {
        try {
            Optional<Plan> plan = choice.get();
            plan.ifPresent(chosen -> providers.refresh(chosen.providers()));
            return plan;
        } catch (ChartreuseException e) {
            throw new ChartreuseException(
                    Stream.concat(e.diagnostics().stream(), missing.stream())
                            .distinct()
                            .toList(),
                    e);
        }
    }

    private List<Provider> all() {
        return providers.names().stream().map(providers::named).toList();
    }

    private static void refuse(List<Diagnostic> missing) {
        if (!missing.isEmpty()) {
            throw new ChartreuseException(missing);
        }
    }
}
