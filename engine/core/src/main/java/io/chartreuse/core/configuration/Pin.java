package io.chartreuse.core.configuration;

import java.util.regex.Pattern;

/**
 * What the content of a file or a directory has to be.
 *
 * @param path   as it was given; relative: from the configuration's directory
 * @param digest {@code sha256:} and 64 lower-case hexadecimal digits
 */
public record Pin(String path, String digest) {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    public Pin {
        if (path.isBlank() || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a pin needs a file");
        }
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("'" + digest + "' is not sha256: with 64 digits from 0 to 9 and a to f");
        }
    }

    /**
     * Reads {@code chartreuse.yaml=sha256:…}.
     *
     * @throws IllegalArgumentException that says what is wrong, for people
     */
    public static Pin parse(String text) {
        int at = text.lastIndexOf('=');
        if (at < 0) {
            throw new IllegalArgumentException("'" + text + "' is not FILE=sha256:DIGEST");
        }
        return new Pin(text.substring(0, at), text.substring(at + 1));
    }
}
