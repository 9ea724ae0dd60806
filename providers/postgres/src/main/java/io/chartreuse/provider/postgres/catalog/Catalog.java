package io.chartreuse.provider.postgres.catalog;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contents of a database's schemas.
 *
 * @param parts   a digest of each object, such as {@code table public.orders}, without its rows; of an extension its
 *                version
 * @param details the parts of each object by name, without secrets; where a digest differs they show why
 */
public record Catalog(SortedMap<String, String> parts, SortedMap<String, SortedMap<String, String>> details) {
    public Catalog {
        parts = new TreeMap<>(parts);
        details = new TreeMap<>(details);
    }
}
