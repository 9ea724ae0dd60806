package io.chartreuse.core.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What of a part has changed, by name, in a few words. Pure. */
final class ChangeDetails {

    private static final Pattern DIGEST = Pattern.compile(" ?#[0-9a-f]{8}\\b");

    private ChangeDetails() {}

    /**
     * What differs, sorted by name; empty where one side has no details, as states that were recorded by an older version.
     *
     * @param was of the part, as recorded
     * @param is  of the part, as it is
     */
    static List<String> between(SortedMap<String, String> was, SortedMap<String, String> is) {
        if (was.isEmpty() || is.isEmpty()) {
            return List.of();
        }
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        List<String> said = new ArrayList<>();
        for (String name : names) {
            if (!was.containsKey(name)) {
                said.add(name + " is new");
            } else if (!is.containsKey(name)) {
                said.add(name + " is gone");
            } else if (!was.get(name).equals(is.get(name))) {
                said.add(name + " " + between(was.get(name), is.get(name)));
            }
        }
        return said;
    }

    private static String between(String was, String is) {
        String before = DIGEST.matcher(was).replaceAll("");
        String after = DIGEST.matcher(is).replaceAll("");
        return before.equals(after)
                ? "has another " + after.substring(after.lastIndexOf(' ') + 1)
                : "is " + after + " instead of " + before;
    }

    /** The details of a part of these. */
    static SortedMap<String, String> of(Map<String, SortedMap<String, String>> details, String part) {
        return details.getOrDefault(part, new TreeMap<>());
    }
}
