package io.chartreuse.core.secret;

import io.chartreuse.spi.Secret;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Masks the secrets that it was told of, also as they look in a URL, in JSON and in Base64. Everything that is printed,
 * logged or stored goes through one. Safe for use by several threads.
 */
public final class Redactor {

    private static final String MASK = "(secret)";

    /** What is shorter stands in too many words; masking it would show where. */
    private static final int SHORTEST = 4;

    private final Set<String> forms =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private volatile Pattern pattern = Pattern.compile("(?!)");

    /** Masks the secret from now on, unless it has less than four characters. */
    public synchronized void add(Secret secret) {
        String plain = secret.reveal();
        if (plain.length() >= SHORTEST && forms.addAll(SecretForms.of(plain))) {
            // One pass, the longest first: what a mask itself says is never masked again.
            pattern = Pattern.compile(forms.stream().map(Pattern::quote).collect(Collectors.joining("|")));
        }
    }

    /** The text with {@code (secret)} in the place of each secret. */
    public String redact(String text) {
        return pattern.matcher(text).replaceAll(MASK);
    }
}
