package io.chartreuse.provider.postgres.catalog;

import io.chartreuse.spi.text.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the rows of each object, in any order, and computes its digest and its details. */
final class ObjectDigest {

    private static final int PREFIX = "sha256:".length();
    private static final int DIGITS = 32;

    /** Enough to show that a default has changed; the object's digest decides. */
    private static final int DIGITS_OF_DETAIL = 8;

    /**
     * A state must stay small enough to be stored: of a larger schema it names the changed objects, without details.
     */
    private static final int MOST_DETAILS = 100_000;

    private final SortedMap<String, List<String>> lines = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> details = new TreeMap<>();
    private int counted;

    void add(CatalogRow row) {
        row.line()
                .ifPresent(line -> lines.computeIfAbsent(row.part(), name -> new ArrayList<>())
                        .add(StableText.of(line)));
        row.detail().ifPresent(detail -> {
            counted++;
            if (counted <= MOST_DETAILS) {
                details.computeIfAbsent(row.part(), name -> new TreeMap<>())
                        .merge(detail, value(row), ObjectDigest::both);
            }
        });
    }

    private static String value(CatalogRow row) {
        return row.shown()
                + row.hidden()
                        .map(StableText::of)
                        .map(text -> " #" + digest(text, DIGITS_OF_DETAIL))
                        .orElse("");
    }

    /** Combines both independently of their order. */
    private static String both(String one, String other) {
        return one.compareTo(other) < 0 ? one + "; " + other : other + "; " + one;
    }

    /** By object: 32 hexadecimal digits, independent of the order of its lines. */
    SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        lines.forEach((object, said) -> digests.put(object, digest(said)));
        return digests;
    }

    /** By object and name; empty where there are too many. */
    SortedMap<String, SortedMap<String, String>> details() {
        return counted > MOST_DETAILS ? new TreeMap<>() : details;
    }

    private static String digest(List<String> said) {
        List<String> sorted = new ArrayList<>(said);
        Collections.sort(sorted);
        return digest(String.join("\n", sorted), DIGITS);
    }

    private static String digest(String text, int digits) {
        return Sha256.of(text).substring(PREFIX, PREFIX + digits);
    }
}
