package io.chartreuse.provider.postgres.catalog;

import io.chartreuse.spi.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is said of each object, in lines that come in any order, and the digest of it. */
final class Portrait {

    private static final int PREFIX = "sha256:".length();
    private static final int DIGITS = 32;

    private final SortedMap<String, List<String>> lines = new TreeMap<>();

    /** One line about the object of that name. */
    void add(String object, String line) {
        lines.computeIfAbsent(object, name -> new ArrayList<>()).add(StableText.of(line));
    }

    /** By object: 32 hexadecimal digits, the same for the same lines in whatever order they came. */
    SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        lines.forEach((object, said) -> digests.put(object, digest(said)));
        return digests;
    }

    private static String digest(List<String> said) {
        List<String> sorted = new ArrayList<>(said);
        Collections.sort(sorted);
        return Sha256.of(String.join("\n", sorted)).substring(PREFIX, PREFIX + DIGITS);
    }
}
