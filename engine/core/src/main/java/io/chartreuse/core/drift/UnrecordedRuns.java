package io.chartreuse.core.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.core.state.RecordedSection;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Migration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs that began to migrate a database after its state was recorded, and left no state of their own: they were killed, lost
 * their lock, or could not read or write it. What differs since may be their work, and must not be called another's. Pure.
 */
public final class UnrecordedRuns {

    /** All runs have recorded. */
    public static final UnrecordedRuns NONE = new UnrecordedRuns(Map.of());

    /** One such run, and what its plan was to do with the database; empty where that plan cannot be read. */
    private record Begun(String run, Optional<Change> change) {}

    private final Map<Address, List<Begun>> byAddress;

    private UnrecordedRuns(Map<Address, List<Begun>> byAddress) {
        this.byAddress = byAddress;
    }

    /**
     * Those after the state.
     *
     * @param runs  all on record; those of other releases explain nothing
     * @param plans finds the plan of a run
     */
    public static UnrecordedRuns since(State state, List<Run> runs, Function<Run, Optional<Plan>> plans) {
        Map<String, Run> byId = runs.stream().collect(Collectors.toMap(Run::id, Function.identity()));
        Map<Address, List<Begun>> found = new TreeMap<>();
        for (Run run : runs) {
            Set<Address> begun = run.entries().stream()
                    .filter(entry -> run.release().equals(state.release()))
                    .filter(entry -> entry.event() == Event.STEP_BEGUN && isAfter(state, byId, run, entry))
                    .flatMap(entry -> entry.address().stream())
                    .collect(Collectors.toSet());
            if (!begun.isEmpty()) {
                Optional<Plan> plan = plans.apply(run);
                begun.forEach(address -> begun(run, plan, address)
                        .ifPresent(one -> found.computeIfAbsent(address, any -> new ArrayList<>())
                                .add(one)));
            }
        }
        return new UnrecordedRuns(found);
    }

    /** The chain of runs decides, as clocks may differ; time does within a run that was resumed, and where the chain ends. */
    private static boolean isAfter(State state, Map<String, Run> byId, Run run, Entry begun) {
        Optional<RecordedSection> section =
                begun.address().map(Address::provider).map(state.sections()::get);
        if (section.isEmpty()) {
            return false;
        }
        Optional<Run> recorded = section.get().run().map(byId::get);
        boolean linked = recorded.isPresent()
                && !recorded.get().equals(run)
                && run.evidence().previous().isPresent();
        return linked
                ? !isBefore(run, recorded.get(), byId)
                : begun.at().isAfter(section.get().recordedAt());
    }

    private static boolean isBefore(Run run, Run later, Map<String, Run> byId) {
        Set<String> seen = new HashSet<>();
        Optional<Run> at = Optional.of(later);
        while (at.isPresent() && seen.add(at.get().id())) {
            if (at.get().id().equals(run.id())) {
                return true;
            }
            at = at.get().evidence().previous().map(RunLink::run).map(byId::get);
        }
        return false;
    }

    private static Optional<Begun> begun(Run run, Optional<Plan> plan, Address address) {
        if (plan.isEmpty()) {
            return Optional.of(new Begun(run.id(), Optional.empty()));
        }
        return plan.get().changes().stream()
                .filter(change -> change.address().equals(address))
                .filter(change -> change.actions().contains("migrate"))
                .findFirst()
                .map(change -> new Begun(run.id(), Optional.of(change)));
    }

    /** The runs that may have changed it, the oldest first. */
    List<String> of(Address address) {
        return byAddress.getOrDefault(address, List.of()).stream()
                .map(Begun::run)
                .toList();
    }

    /**
     * Whether one of them may have left a value of the state: one that its plan leads to or comes by.
     *
     * @param path   where it stands in the state, as JSON Pointers do
     * @param before what was recorded
     */
    boolean explains(Address address, String path, String before, String now) {
        for (Begun begun : byAddress.getOrDefault(address, List.of())) {
            if (begun.change().isEmpty() || leadsTo(begun.change().get(), path, before, now)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsTo(Change change, String path, String before, String now) {
        JsonNode after = change.after().at(path);
        if (after.asText().equals(now)) {
            return true;
        }
        Set<String> known = new HashSet<>();
        Stream.of(before, after.asText()).flatMap(UnrecordedRuns::words).forEach(known::add);
        change.migrations().stream().flatMap(UnrecordedRuns::version).forEach(known::add);
        return words(now).allMatch(known::contains);
    }

    private static Stream<String> version(Migration migration) {
        return migration.version().stream();
    }

    /** Several heads stand side by side: {@code b1, b2}. */
    private static Stream<String> words(String revision) {
        return Arrays.stream(revision.split(",")).map(String::strip);
    }
}
