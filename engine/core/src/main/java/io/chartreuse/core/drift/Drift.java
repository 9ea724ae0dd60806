package io.chartreuse.core.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.JsonDiff;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.state.RecordedResource;
import io.chartreuse.core.state.RecordedSection;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares what was recorded after the last run with what is there now. What the release wants has no part in it, nor has
 * what a chart brings and takes away between runs: workloads are asked only whether they came back ({@link MaintenanceLeftovers}).
 * An invalid part that is gone is no drift either: {@code repair} drops what a failed migration left.
 */
public final class Drift {

    private final State state;
    private final SortedMap<String, String> sectionDigests;
    private final UnrecordedRuns unrecorded;
    private final List<DriftedPart> found = new ArrayList<>();

    private Drift(State state, SortedMap<String, String> sectionDigests, UnrecordedRuns unrecorded) {
        this.state = state;
        this.sectionDigests = sectionDigests;
        this.unrecorded = unrecorded;
    }

    /**
     * What has moved, sorted.
     *
     * @param sectionDigests of the configuration in force: where a section is another one, it accounts for resources that
     *                       came and went
     * @param unrecorded     runs that may have done what differs: it is {@link DriftKind#UNKNOWN}, then
     * @param now            as far as it could be read; of what could not, nothing is said
     */
    public static List<DriftedPart> since(
            State state, SortedMap<String, String> sectionDigests, UnrecordedRuns unrecorded, List<Inspection> now) {
        Drift drift = new Drift(state, sectionDigests, unrecorded);
        now.stream()
                .filter(inspection -> inspection.problems().isEmpty())
                .filter(inspection -> state.sections().containsKey(inspection.provider()))
                .forEach(drift::compare);
        return drift.found.stream().sorted().toList();
    }

    private void compare(Inspection inspection) {
        Map<Address, Snapshot> snapshots =
                inspection.snapshots().stream().collect(Collectors.toMap(Snapshot::address, Function.identity()));
        Set<Address> there = new TreeSet<>();
        for (Resource resource : inspection.resources()) {
            there.add(resource.address());
            if (isWatched(resource)) {
                Optional<Snapshot> snapshot = Optional.ofNullable(snapshots.get(resource.address()));
                state.of(resource.address()).ifPresentOrElse(was -> compare(was, resource, snapshot), () -> {
                    if (isSame(inspection.provider())) {
                        add(resource.address(), DriftKind.APPEARED, "", Optional.empty(), Optional.empty());
                    }
                });
            }
        }
        if (isSame(inspection.provider())) {
            gone(inspection.provider(), there);
        }
    }

    /** Workloads come, go and change with the chart. */
    private static boolean isWatched(Resource resource) {
        return resource.role() != Role.QUIESCE;
    }

    private boolean isSame(String provider) {
        RecordedSection section = state.sections().get(provider);
        return section.digest().equals(sectionDigests.get(provider));
    }

    private void gone(String provider, Set<Address> there) {
        state.of(provider).stream()
                .map(RecordedResource::resource)
                .filter(Drift::isWatched)
                .map(Resource::address)
                .filter(address -> !there.contains(address))
                .forEach(address -> add(address, DriftKind.GONE, "", Optional.empty(), Optional.empty()));
    }

    private void compare(RecordedResource was, Resource is, Optional<Snapshot> snapshot) {
        int before = found.size();
        identity(was.resource(), is);
        if (found.size() > before) {
            return; // all of another one is different, and none of it has moved
        }
        if (is.role() == Role.MIGRATE) {
            observed(was.resource(), is);
        }
        was.snapshot().ifPresent(then -> snapshot.ifPresent(now -> parts(is.address(), then, now)));
    }

    /** What one side does not know proves nothing. */
    private void identity(Resource was, Resource is) {
        was.identity().forEach((name, value) -> {
            String now = is.identity().getOrDefault(name, value);
            if (!now.equals(value)) {
                add(is.address(), DriftKind.REPLACED, name, Optional.of(value), Optional.of(now));
            }
        });
    }

    /** Only what stands on both sides: a new release may have more to tell of the same database. */
    private void observed(Resource was, Resource is) {
        for (JsonNode operation : JsonDiff.between(was.observed(), is.observed())) {
            if (operation.get("op").asText().equals("replace")) {
                String path = operation.get("path").asText();
                String before = was.observed().at(path).asText();
                String after = operation.get("value").asText();
                boolean explained = unrecorded.explains(is.address(), path, before, after);
                add(
                        is.address(),
                        explained ? DriftKind.UNKNOWN : DriftKind.MOVED,
                        name(path),
                        Optional.of(before),
                        Optional.of(after));
            }
        }
    }

    /** {@code /repeatables/R__a~1b.sql}: repeatables R__a/b.sql. */
    private static String name(String path) {
        return path.substring(1).replace('/', ' ').replace("~1", "/").replace("~0", "~");
    }

    private void parts(Address address, Snapshot was, Snapshot is) {
        Set<String> names = new TreeSet<>(was.parts().keySet());
        names.addAll(is.parts().keySet());
        for (String name : names) {
            Optional<String> before = Optional.ofNullable(was.parts().get(name));
            Optional<String> after = Optional.ofNullable(is.parts().get(name));
            boolean cleared = after.isEmpty() && was.isInvalid(name);
            if (!before.equals(after) && !cleared && !isToldAsState(address, name)) {
                found.add(new DriftedPart(
                        address,
                        kind(address, before, after),
                        name,
                        before,
                        after,
                        ChangeDetails.between(
                                ChangeDetails.of(was.details(), name), ChangeDetails.of(is.details(), name))));
            }
        }
    }

    private DriftKind kind(Address address, Optional<String> before, Optional<String> after) {
        if (!unrecorded.of(address).isEmpty()) {
            return DriftKind.UNKNOWN;
        }
        return before.isEmpty() ? DriftKind.ADDED : after.isEmpty() ? DriftKind.REMOVED : DriftKind.CHANGED;
    }

    /** A provider may record as a part what its state says, too. */
    private boolean isToldAsState(Address address, String name) {
        return found.stream()
                .filter(one -> one.kind() == DriftKind.MOVED || one.kind() == DriftKind.UNKNOWN)
                .anyMatch(one -> one.address().equals(address) && one.what().equals(name));
    }

    private void add(Address address, DriftKind kind, String what, Optional<String> before, Optional<String> after) {
        found.add(new DriftedPart(address, kind, what, before, after));
    }
}
