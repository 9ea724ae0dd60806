package io.chartreuse.spi.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.provider.OfflinePlanning;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a provider wants to record of one of its resources after a run, in addition to what a refresh reports.
 *
 * @param address the resource
 * @param parts   by name, what must not change until the next run; the name is for people and unique in the resource
 *                ({@code table public.orders}, {@code migration V5__add_orders.sql}), the value is short: a digest, a
 *                number, a word. The engine compares them and reports by name what was added, removed and changed
 * @param details for parts that have any: the elements of the part by name, each described in a few words without
 *                secrets. The engine does not compare them to find drift: if a part has changed, they show which
 *                element has. A digest after the words is written {@code #1a2b3c4d}. A {@code definition} whose words
 *                begin with {@code invalid} is unusable until it is created again (see {@link #isInvalid})
 * @param notes   in the provider's own format: what it needs to plan the resource from the record alone (see {@link
 *                OfflinePlanning}). No secrets
 */
public record Snapshot(
        Address address,
        SortedMap<String, String> parts,
        SortedMap<String, SortedMap<String, String>> details,
        ObjectNode notes) {
    public Snapshot {
        Objects.requireNonNull(address, "address");
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
        details.forEach((part, named) -> all.put(part, Collections.unmodifiableSortedMap(new TreeMap<>(named))));
        details = Collections.unmodifiableSortedMap(all);
        notes = notes.deepCopy();
    }

    /** A snapshot whose parts are reported as a whole, without details. */
    public Snapshot(Address address, SortedMap<String, String> parts, ObjectNode notes) {
        this(address, parts, new TreeMap<>(), notes);
    }

    /** Whether the part was unusable when it was recorded. Such a part may be dropped: its absence is no drift. */
    public boolean isInvalid(String part) {
        return details.getOrDefault(part, Collections.emptySortedMap())
                .getOrDefault("definition", "")
                .startsWith("invalid ");
    }
}
