package io.chartreuse.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * One pending migration of a database, as a reviewer has to see it.
 *
 * @param version       its version or revision; empty for one that is repeated whenever its text changes
 * @param description   its title, in the words of its author
 * @param script        the file it comes from, relative to its location
 * @param digest        {@code sha256:…} of the file's bytes
 * @param transactional whether a failure leaves nothing behind
 */
public record Migration(
        Optional<String> version, String description, String script, String digest, boolean transactional) {

    public Migration {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(script, "script");
        if (!digest.startsWith("sha256:")) {
            throw new IllegalArgumentException("digest of " + script + " is not a sha256: \"" + digest + "\"");
        }
    }
}
