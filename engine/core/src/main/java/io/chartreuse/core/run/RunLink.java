package io.chartreuse.core.run;

import java.util.Objects;

/**
 * Names a run and the digest of its record: a later change of the record breaks the link.
 *
 * @param digest of the canonical JSON (RFC 8785) of the whole record, as it ended
 */
public record RunLink(String run, String digest) {
    public RunLink {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(digest, "digest");
    }
}
