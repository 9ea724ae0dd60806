package io.chartreuse.core.refresh;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.SnapshotSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * What one provider read, as far as it could.
 *
 * @param resources as refreshed; empty where that failed
 * @param snapshots the snapshots to record of them; empty if the provider takes none, none were asked for, or it failed
 * @param problems  why it could not refresh
 * @param gaps      why it could refresh and not take its snapshots
 */
public record Inspection(
        String provider,
        List<Resource> resources,
        List<Snapshot> snapshots,
        List<Diagnostic> problems,
        List<Diagnostic> gaps) {

    public Inspection {
        Objects.requireNonNull(provider, "provider");
        resources = List.copyOf(resources);
        snapshots = List.copyOf(snapshots);
        problems = List.copyOf(problems);
        gaps = List.copyOf(gaps);
    }

    /**
     * The resources of all, sorted by address.
     *
     * @throws ChartreuseException with the problems of all that could not refresh
     */
    public static List<Resource> resources(List<Inspection> inspections) {
        return reading(inspections).complete();
    }

    /** The same as far as they could refresh. */
    public static RefreshResult reading(List<Inspection> inspections) {
        return new RefreshResult(
                inspections.stream()
                        .flatMap(inspection -> inspection.resources().stream())
                        .sorted(Comparator.comparing(Resource::address))
                        .toList(),
                inspections.stream()
                        .flatMap(inspection -> inspection.problems().stream())
                        .toList());
    }

    /** Whether all was read that was asked for. */
    public boolean isWhole() {
        return problems.isEmpty() && gaps.isEmpty();
    }

    /**
     * Refreshes, and takes snapshots at the same time: neither waits for what the other one asks the server, nor for the
     * word whether there is a use for them.
     */
    static Inspection of(String name, Provider provider, BooleanSupplier recording) {
        Optional<CompletableFuture<List<Snapshot>>> early =
                recording(provider).map(able -> Concurrently.start("snapshot", able::snapshot));
        List<Resource> resources;
        try {
            resources = provider.refresh();
        } catch (ChartreuseException e) {
            return new Inspection(name, List.of(), List.of(), e.diagnostics(), List.of());
        }
        try {
            List<Snapshot> snapshots =
                    early.isPresent() && recording.getAsBoolean() ? taken(early.get(), provider) : List.of();
            return new Inspection(name, resources, snapshots, List.of(), List.of());
        } catch (ChartreuseException e) {
            return new Inspection(name, resources, List.of(), List.of(), e.diagnostics());
        }
    }

    /** Snapshots that failed while the provider refreshed are taken again: a refresh waits for a server that is away. */
    private static List<Snapshot> taken(CompletableFuture<List<Snapshot>> early, Provider provider) {
        try {
            return Concurrently.result(early);
        } catch (ChartreuseException e) {
            return recording(provider).orElseThrow().snapshot();
        }
    }

    private static Optional<SnapshotSource> recording(Provider provider) {
        return provider instanceof SnapshotSource able ? Optional.of(able) : Optional.empty();
    }

    static Inspection late(String name, Duration patience) {
        Diagnostic late = Diagnostic.error(
                RefreshError.LATE,
                name + " has not answered for " + patience.toSeconds() + " seconds",
                "Look at what it talks to: `chartreuse doctor`.");
        return new Inspection(name, List.of(), List.of(), List.of(late), List.of());
    }
}
