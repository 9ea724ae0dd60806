package io.chartreuse.provider.kubernetes.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.kubernetes.workload.SelectionSettings;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rights that the provider needs for runs: {@code apps/deployments patch}, {@code apps/deployments/web patch}. */
public final class NeededRights {

    private NeededRights() {}

    /** For plans, runs, the lock and events. */
    public static SortedSet<String> records() {
        SortedSet<String> words = words(RightsNeeded.forRecords("chartreuse-shop"));
        words.addAll(words(RightsNeeded.forEvents()));
        return words;
    }

    /** The rights to stop and start what these settings select, and to notice changes by others. */
    public static SortedSet<String> workloads(JsonNode workloads) {
        SelectionSettings selection = SelectionSettings.of(workloads, "shop");
        SortedSet<String> words = words(RightsNeeded.forAnyPlan(selection, selection.usualKinds()));
        words.addAll(words(RightsNeeded.toNotice(selection, selection.usualKinds())));
        return words;
    }

    private static SortedSet<String> words(Collection<Right> rights) {
        SortedSet<String> words = new TreeSet<>();
        rights.forEach(right -> words.add(right.group() + "/" + right.resource()
                + (right.name().isEmpty() ? "" : "/" + right.name()) + " " + right.verb()));
        return words;
    }
}
