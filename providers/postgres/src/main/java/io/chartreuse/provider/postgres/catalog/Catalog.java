package io.chartreuse.provider.postgres.catalog;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the schemas of a database hold.
 *
 * @param parts   by object, such as {@code table public.orders}: a digest of all that it is but its rows, and an
 *                extension's version
 * @param details by object: what it has, by name, in words that hold no secret; where a part differs they tell why
 */
public record Catalog(SortedMap<String, String> parts, SortedMap<String, SortedMap<String, String>> details) {
    public Catalog {
        parts = new TreeMap<>(parts);
        details = new TreeMap<>(details);
    }
}
