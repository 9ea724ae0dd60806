package io.chartreuse.core.session;

import io.chartreuse.core.plan.PlanBasis;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.state.RecordedResource;
import io.chartreuse.core.state.RecordedSection;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.OfflinePlanning;
import io.chartreuse.spi.provider.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

/**
 * The resources as a record describes them, for plans that are made where databases cannot be reached. Providers that
 * can plan from the record do so; resources of the other providers are assumed to be as recorded.
 */
final class RecordedWorld {

    private final Providers providers;
    private final SortedMap<String, String> sectionDigests;
    private final Set<String> reachable;

    /**
     * @param sectionDigests of the configuration in force
     * @param reachable      providers to ask nevertheless: those that manage workloads, if the cluster can be reached
     */
    RecordedWorld(Providers providers, SortedMap<String, String> sectionDigests, Set<String> reachable) {
        this.providers = providers;
        this.sectionDigests = sectionDigests;
        this.reachable = reachable;
    }

    /**
     * All resources, sorted by address.
     *
     * @throws ChartreuseException where nothing is recorded of a section, or what is to be asked cannot be read
     */
    List<Resource> resources(State state, PlanBasis.Kind kind) {
        List<String> live = new ArrayList<>();
        List<Resource> resources = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (String name : providers.names()) {
            Provider provider = providers.named(name);
            if (isLive(name, kind)) {
                live.add(name);
            } else if (state.sections().containsKey(name)) {
                resources.addAll(warned(name, state, refreshed(provider, state.of(name))));
            } else {
                problems.add(missing(name));
            }
        }
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        resources.addAll(providers.refresh(live));
        resources.sort(Comparator.comparing(Resource::address));
        return resources;
    }

    private boolean isLive(String name, PlanBasis.Kind kind) {
        return kind == PlanBasis.Kind.RECORDED
                && reachable.contains(name)
                && !(providers.named(name) instanceof OfflinePlanning);
    }

    /** Names the oldest record that {@link #resources} takes something from: the others are no better than it. */
    PlanBasis basis(State state, PlanBasis.Kind kind) {
        RecordedSection oldest = providers.names().stream()
                .filter(name -> !isLive(name, kind))
                .map(state.sections()::get)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(RecordedSection::recordedAt))
                .orElseGet(() -> new RecordedSection(state.configurationDigest(), state.run(), state.recordedAt()));
        return new PlanBasis(kind, oldest.run(), oldest.recordedAt(), state.digest());
    }

    private static List<Resource> refreshed(Provider provider, List<RecordedResource> recorded) {
        return provider instanceof OfflinePlanning able
                ? able.refresh(recorded.stream().map(RecordedResource::recorded).toList())
                : recorded.stream().map(RecordedResource::resource).toList();
    }

    /** Said once a section, of its first resource: what it concerns is all of them. */
    private List<Resource> warned(String name, State state, List<Resource> resources) {
        RecordedSection section = state.sections().get(name);
        if (section.digest().equals(sectionDigests.get(name)) || resources.isEmpty()) {
            return resources;
        }
        List<Resource> warned = new ArrayList<>(resources);
        Resource first = warned.get(0);
        List<Diagnostic> findings = new ArrayList<>(first.findings());
        findings.add(Diagnostic.warning(
                        StateError.SECTION_CHANGED,
                        "the configuration's section " + name + " has changed since it was recorded ("
                                + section.recordedAt() + ")",
                        "What is planned may differ from what the databases would give; apply refuses it then.")
                .about(first.address()));
        warned.set(0, first.withFindings(findings));
        return warned;
    }

    private static Diagnostic missing(String name) {
        return Diagnostic.error(
                StateError.SECTION_MISSING,
                "nothing is recorded of the configuration's section " + name,
                "Plan where it can be reached; the next run records it.");
    }
}
