package io.chartreuse.core.drift;

import io.chartreuse.core.json.Shown;
import io.chartreuse.spi.Address;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that has moved.
 *
 * @param address of the resource
 * @param what    of it, by name: a field of its state, a part that its provider recorded; empty where it is the whole
 * @param before  what that was after the last run, or should be; empty where it was not there
 * @param after   what it is; empty where it is not there
 */
public record Drifted(Address address, DriftKind kind, String what, Optional<String> before, Optional<String> after)
        implements Comparable<Drifted> {

    private static final Pattern DIGEST = Pattern.compile("(sha256:.*|[0-9a-f]{32,})");

    private static final Comparator<Drifted> ORDER =
            Comparator.comparing(Drifted::address).thenComparing(Drifted::kind).thenComparing(Drifted::what);

    public Drifted {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** For people: {@code revision was 8, is 9}. Digests are left out: nobody reads them. On one line, whatever it is called. */
    public String described() {
        String was = readable(before).map(value -> "was " + value).orElse("");
        String is = readable(after).map(value -> "is " + value).orElse("");
        String values = was + (was.isEmpty() || is.isEmpty() ? "" : ", ") + is;
        return Shown.onOneLine(what + (kind == DriftKind.ADDED || kind == DriftKind.REMOVED ? "" : " " + values))
                .strip();
    }

    private static Optional<String> readable(Optional<String> value) {
        return value.filter(text -> !isDigest(text));
    }

    /** Whether a person learns nothing from it but that it is another one. */
    public static boolean isDigest(String value) {
        return DIGEST.matcher(value).matches();
    }

    /** By address, then by kind, then by name. */
    @Override
    public int compareTo(Drifted other) {
        return ORDER.compare(this, other);
    }
}
