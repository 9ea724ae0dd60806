package io.chartreuse.core.drift;

import io.chartreuse.core.json.SafeText;
import io.chartreuse.spi.model.Address;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One part of a resource that has drifted.
 *
 * @param address of the resource
 * @param what    of it, by name: a field of its state, a part that its provider recorded; empty where it is the whole
 * @param before  what that was after the last run, or should be; empty where it was not there
 * @param after   what it is; empty where it is not there
 * @param details what of it has changed, by name, as far as both sides tell: {@code column total is bigint instead of
 *                integer}
 */
public record DriftedPart(
        Address address,
        DriftKind kind,
        String what,
        Optional<String> before,
        Optional<String> after,
        List<String> details)
        implements Comparable<DriftedPart> {

    /** A person reads no more of one thing; a document has all of them. */
    private static final int READABLE = 10;

    private static final Pattern DIGEST = Pattern.compile("(sha256:.*|[0-9a-f]{32,})");

    private static final Comparator<DriftedPart> ORDER = Comparator.comparing(DriftedPart::address)
            .thenComparing(DriftedPart::kind)
            .thenComparing(DriftedPart::what);

    public DriftedPart {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        details = List.copyOf(details);
    }

    /** A part that is reported as a whole, without details. */
    public DriftedPart(Address address, DriftKind kind, String what, Optional<String> before, Optional<String> after) {
        this(address, kind, what, before, after, List.of());
    }

    /** The details in one text, as many as a person reads; empty if the part has no details. */
    public String detailed() {
        String more = details.size() > READABLE ? "; and " + (details.size() - READABLE) + " more" : "";
        return SafeText.onOneLine(details.stream().limit(READABLE).collect(Collectors.joining("; ")) + more);
    }

    /**
     * For people: {@code revision was 8, is 9}. Digests are left out: they tell a person nothing. Always one line, even
     * if the name has line breaks.
     */
    public String described() {
        if (!details.isEmpty()) {
            return SafeText.onOneLine(what + ": " + detailed());
        }
        String was = readable(before).map(value -> "was " + value).orElse("");
        String is = readable(after).map(value -> "is " + value).orElse("");
        String values = was + (was.isEmpty() || is.isEmpty() ? "" : ", ") + is;
        return SafeText.onOneLine(what + (kind == DriftKind.ADDED || kind == DriftKind.REMOVED ? "" : " " + values))
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
    public int compareTo(DriftedPart other) {
        return ORDER.compare(this, other);
    }
}
