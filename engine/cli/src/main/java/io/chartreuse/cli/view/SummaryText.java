package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A plan in one sentence. */
public final class SummaryText {

    private SummaryText() {}

    /** {@code Plan: 1 database to migrate (4 migrations), 3 workloads to stop and start, 12 unchanged.} */
    public static String of(Plan plan) {
        long unchanged = plan.changes().stream().filter(Change::unchanged).count();
        if (plan.isEmpty()) {
            return "Nothing to do. " + Count.of(unchanged, "resource") + " as wanted.";
        }
        List<String> parts = new ArrayList<>();
        add(parts, count(plan, change -> change.role() == Role.GATE), "gate", "to wait for");
        databases(plan, parts);
        add(parts, workloads(plan, StatusSign.STOP_AND_START), "workload", "to stop and start");
        add(parts, workloads(plan, StatusSign.STOP), "workload", "to stop");
        add(parts, workloads(plan, StatusSign.START), "workload", "to start");
        add(parts, workloads(plan, StatusSign.CHANGE), "workload", "to update");
        suspended(plan, parts);
        parts.add(unchanged + " unchanged");
        return "Plan: " + String.join(", ", parts) + ".";
    }

    /** A plan that was to stop workloads and found none looks the same as one that has none to stop. */
    public static Optional<String> noWorkload(Plan plan) {
        boolean looked = plan.providers().contains("kubernetes");
        return looked && plan.changes().stream().noneMatch(change -> change.role() == Role.QUIESCE)
                ? Optional.of("No workload of release " + plan.release().name()
                        + " was found, so none is stopped. Workloads are chosen by ExpectedDeploymentScales, annotations"
                        + " and kubernetes.workloads.select.")
                : Optional.empty();
    }

    private static void databases(Plan plan, List<String> parts) {
        long migrations = plan.changes().stream()
                .mapToLong(change -> Migration.pending(change.migrations()).size())
                .sum();
        String how = migrations == 0 ? "" : " (" + Count.of(migrations, "migration") + ")";
        add(parts, count(plan, change -> change.role() == Role.MIGRATE), "database", "to migrate" + how);
    }

    private static void suspended(Plan plan, List<String> parts) {
        Predicate<Change> suspends = change -> change.during().isPresent();
        Predicate<Change> isOne = change -> change.role() == Role.SUSPEND;
        add(parts, count(plan, isOne.and(suspends)), "safeguard", "to suspend meanwhile");
        add(parts, count(plan, isOne.and(suspends.negate())), "safeguard", "to resume");
    }

    private static long workloads(Plan plan, StatusSign sign) {
        return count(plan, change -> change.role() == Role.QUIESCE && StatusSign.of(change.actions()) == sign);
    }

    private static long count(Plan plan, Predicate<Change> which) {
        return plan.changes().stream()
                .filter(which.and(change -> !change.unchanged()))
                .count();
    }

    private static void add(List<String> parts, long number, String noun, String what) {
        if (number > 0) {
            parts.add(Count.of(number, noun) + " " + what);
        }
    }
}
