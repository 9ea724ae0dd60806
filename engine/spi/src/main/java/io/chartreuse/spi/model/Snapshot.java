package io.chartreuse.spi.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.provider.OfflinePlanning;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a provider wants to be remembered of one of its resources after a run, beside what a refresh says of it.
 *
 * @param address the resource
 * @param parts   by name, what must not move until the next run; the name is for people and unique in the resource
 *                ({@code table public.orders}, {@code migration V5__add_orders.sql}), the value is short: a digest, a
 *                number, a word. The engine compares them and tells by name what came, went and changed
 * @param details by part, where it has any: what it consists of, by name, each in a few words for people without secrets.
 *                They are not compared by themselves: where a part has changed, they tell what of it has. A digest that
 *                stands behind such words is written {@code #1a2b3c4d}. A {@code definition} whose words begin
 *                with {@code invalid} is of no use until it is made anew (see {@link #isInvalid})
 * @param notes   in the provider's own words: what it needs to tell from the record alone what the release wants of the
 *                resource (see {@link OfflinePlanning}). No secrets
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

    /** Whether the part was of no use when it was recorded. Such a part may be dropped: its absence is no drift. */
    public boolean isInvalid(String part) {
        return details.getOrDefault(part, Collections.emptySortedMap())
                .getOrDefault("definition", "")
                .startsWith("invalid ");
    }
}
