package io.chartreuse.core.state;

import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a state of what providers were found to say. Pure.
 *
 * @param configurationDigest of the configuration in force
 * @param sectionDigests      of its sections: what is recorded of any other is dropped
 * @param review              what the configuration asks before a plan is executed; empty where that is not known
 */
public record StateMaker(
        Release release,
        String chartreuseVersion,
        String configurationDigest,
        SortedMap<String, String> sectionDigests,
        Optional<ReviewTerms> review) {

    public StateMaker {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(chartreuseVersion, "chartreuseVersion");
        Objects.requireNonNull(configurationDigest, "configurationDigest");
        Objects.requireNonNull(review, "review");
        sectionDigests = new TreeMap<>(sectionDigests);
    }

    /**
     * The state as of now.
     *
     * @param found  what was read now; of a provider that is not among them, or could not be read whole, the former state
     *               goes on
     * @param former what was recorded before
     * @param run    after which it is made
     */
    public State make(List<Inspection> found, Optional<State> former, Optional<String> run, Instant at) {
        Map<String, Inspection> whole = found.stream()
                .filter(Inspection::isWhole)
                .collect(Collectors.toMap(Inspection::provider, Function.identity()));
        SortedMap<String, RecordedSection> sections = new TreeMap<>();
        List<RecordedResource> resources = new ArrayList<>();
        sectionDigests.forEach((name, digest) -> {
            if (whole.containsKey(name)) {
                sections.put(name, new RecordedSection(digest, run, at));
                resources.addAll(remembered(whole.get(name)));
            } else {
                former.filter(state -> state.sections().containsKey(name)).ifPresent(state -> {
                    sections.put(name, state.sections().get(name));
                    resources.addAll(state.of(name));
                });
            }
        });
        resources.sort(Comparator.comparing(RecordedResource::address));
        return StateDocument.seal(new State(
                "",
                StateDocument.FORMAT_VERSION,
                release,
                run,
                at,
                chartreuseVersion,
                configurationDigest,
                review.or(() -> former.flatMap(State::review)),
                sections,
                resources,
                Json.object()));
    }

    private static List<RecordedResource> remembered(Inspection inspection) {
        Map<Address, Snapshot> snapshots =
                inspection.snapshots().stream().collect(Collectors.toMap(Snapshot::address, Function.identity()));
        return inspection.resources().stream()
                .map(resource -> remembered(resource, snapshots))
                .toList();
    }

    private static RecordedResource remembered(Resource resource, Map<Address, Snapshot> snapshots) {
        return new RecordedResource(resource, Optional.ofNullable(snapshots.get(resource.address())));
    }
}
