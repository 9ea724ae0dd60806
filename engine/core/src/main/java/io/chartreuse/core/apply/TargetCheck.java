package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the resources are in the state that a plan leads to, whatever the record says. Pure. */
final class TargetCheck {

    private TargetCheck() {}

    /** Whether the databases are in that state, and what the plan starts or resumes is back. */
    static boolean isReached(Plan plan, List<Resource> resources) {
        return away(plan, resources).isEmpty();
    }

    /** The resources that are not in that state, for people. */
    static String missed(Plan plan, List<Resource> resources) {
        return away(plan, resources).stream().map(Object::toString).collect(Collectors.joining(", "))
                + " does not stand where it leads";
    }

    /**
     * What a resumed run still has to do: once no database has anything pending, stopping workloads again would be wrong.
     * Databases are asked that the plan does not know, too.
     */
    static List<Stage> remaining(Plan plan, List<Resource> resources) {
        boolean migrated = unfinished(plan, resources).findAny().isEmpty() && !isPending(resources);
        return plan.stages().stream()
                .filter(stage -> !migrated || stage.name().bringsBack())
                .toList();
    }

    /** Whether any database has something pending. */
    static boolean isPending(List<Resource> resources) {
        return resources.stream().anyMatch(TargetCheck::isPending);
    }

    /** What stands still and is to come back. */
    static List<Address> stopped(List<Resource> resources) {
        return resources.stream()
                .filter(TargetCheck::isAside)
                .map(Resource::address)
                .toList();
    }

    private static List<Address> away(Plan plan, List<Resource> resources) {
        Map<Address, Resource> there = byAddress(resources);
        Stream<Address> aside = plan.changes().stream()
                .filter(change ->
                        change.actions().contains("start") || change.actions().contains("resume"))
                .map(Change::address)
                .filter(address -> Optional.ofNullable(there.get(address))
                        .filter(TargetCheck::isAside)
                        .isPresent());
        return Stream.concat(unfinished(plan, resources), aside).toList();
    }

    /** Of the databases that the plan migrates. */
    private static Stream<Address> unfinished(Plan plan, List<Resource> resources) {
        Map<Address, Resource> there = byAddress(resources);
        return plan.changes().stream()
                .filter(change -> change.actions().contains("migrate"))
                .filter(change -> Optional.ofNullable(there.get(change.address()))
                        .filter(now -> now.observed().equals(change.after()) && !isPending(now))
                        .isEmpty())
                .map(Change::address);
    }

    private static boolean isPending(Resource resource) {
        return resource.role() == Role.MIGRATE && !resource.observed().equals(resource.desired());
    }

    private static boolean isAside(Resource resource) {
        return resource.maintenance()
                .filter(state ->
                        resource.observed().equals(state) && !resource.desired().equals(state))
                .isPresent();
    }

    private static Map<Address, Resource> byAddress(List<Resource> resources) {
        return resources.stream().collect(Collectors.toMap(Resource::address, Function.identity()));
    }
}
