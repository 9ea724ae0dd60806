package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares a plan with a fresh reading and says, resource by resource, what has moved. Pure. */
final class StalePlanCheck {

    private final Plan plan;
    private final SortedMap<Address, Resource> fresh;
    private final List<Diagnostic> moved = new ArrayList<>();

    private StalePlanCheck(Plan plan, List<Resource> resources) {
        this.plan = plan;
        this.fresh = resources.stream()
                .collect(Collectors.toMap(Resource::address, Function.identity(), (a, b) -> b, TreeMap::new));
    }

    /** What keeps a plan from being begun; empty where all is as it was. */
    static List<Diagnostic> ofNew(Plan plan, List<Resource> resources) {
        StalePlanCheck check = new StalePlanCheck(plan, resources);
        check.newcomers();
        plan.changes().forEach(check::sameRole);
        plan.changes().forEach(check::untouched);
        return check.moved;
    }

    /**
     * What keeps a run from being resumed. The run itself has moved things since, so only that is asked which must hold
     * half-way too: the resources are the same ones, and databases still lead where the plan leads.
     */
    static List<Diagnostic> ofResumed(Plan plan, List<Resource> resources) {
        StalePlanCheck check = new StalePlanCheck(plan, resources);
        plan.changes().forEach(check::sameRole);
        plan.changes().stream().filter(change -> !change.unchanged()).forEach(check::resumable);
        return check.moved;
    }

    /** A stage that brings workloads back asks for less than one that migrates: the plan's word for what is what is not enough. */
    private void sameRole(Change change) {
        Resource now = fresh.get(change.address());
        if (now != null && now.role() != change.role()) {
            moved(
                    change.address(),
                    "has the role " + now.role().word() + ", the plan gives it the role "
                            + change.role().word());
        }
    }

    private void newcomers() {
        Set<Address> known = plan.changes().stream().map(Change::address).collect(Collectors.toSet());
        fresh.keySet().stream()
                .filter(address -> !known.contains(address))
                .forEach(address -> moved(address, "appeared since the plan was made"));
    }

    private void untouched(Change change) {
        Resource now = fresh.get(change.address());
        if (now == null) {
            moved(change.address(), "is gone");
            return;
        }
        int before = moved.size();
        identity(change, now);
        parts(change.address(), change.fingerprint(), now.fingerprint());
        if (moved.size() > before) {
            states(change, now);
            errors(now);
        }
    }

    /** Why it moved, where the provider knows: the directory of its migrations is gone. */
    private void errors(Resource now) {
        now.findings().stream()
                .filter(Diagnostic::isError)
                .map(finding -> finding.address().isPresent() ? finding : finding.about(now.address()))
                .forEach(moved::add);
    }

    /** Digests say that something moved; where the states differ too, they say it in words. */
    private void states(Change change, Resource now) {
        if (!now.observed().equals(change.before())) {
            moved(change.address(), "was " + change.before() + ", is " + now.observed());
        }
    }

    private void resumable(Change change) {
        Resource now = fresh.get(change.address());
        if (now == null) {
            moved(change.address(), "is gone");
            return;
        }
        int before = moved.size();
        identity(change, now);
        if (change.role() == Role.MIGRATE) {
            sameTarget(change, now);
        }
        if (moved.size() > before) {
            errors(now);
        }
    }

    private void sameTarget(Change change, Resource now) {
        if (!now.desired().equals(change.after())) {
            moved(change.address(), "now leads to " + now.desired() + ", the plan to " + change.after());
        }
        Set<Migration> planned =
                change.migrations().stream().map(Migration::withoutSql).collect(Collectors.toSet());
        now.migrations().stream()
                .map(Migration::withoutSql)
                .filter(migration -> !planned.contains(migration))
                .forEach(migration ->
                        moved(change.address(), migration.script() + " is pending and not as the plan holds it"));
    }

    /** What one side does not know yet (a cluster that was being set up when the plan was made) proves nothing. */
    private void identity(Change change, Resource now) {
        Set<String> known = new TreeSet<>(change.identity().keySet());
        known.retainAll(now.identity().keySet());
        known.forEach(name -> part(
                change.address(),
                name,
                change.identity().get(name),
                now.identity().get(name)));
    }

    private void parts(Address address, Map<String, String> planned, Map<String, String> now) {
        Set<String> names = new TreeSet<>(planned.keySet());
        names.addAll(now.keySet());
        names.forEach(name -> part(address, name, planned.get(name), now.get(name)));
    }

    private void part(Address address, String name, String planned, String now) {
        if (!Objects.equals(planned, now)) {
            moved(address, name + " was " + said(planned) + ", is " + said(now));
        }
    }

    private static String said(String part) {
        if (part == null) {
            return "not there";
        }
        return part.startsWith("sha256:") ? part.substring(0, "sha256:".length() + 12) + "…" : part;
    }

    private void moved(Address address, String what) {
        moved.add(Diagnostic.error(
                        ApplyError.STALE,
                        "the plan is stale: " + address + " " + what,
                        "Make a new plan with `chartreuse plan`, review it, apply it.")
                .about(address));
    }
}
