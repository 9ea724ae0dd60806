package io.chartreuse.spi.backend;

import java.time.Instant;
import java.util.Objects;

/**
 * A stored plan, approval, run or state.
 *
 * @param id            the plan's id ({@code sha256:…}), the run's, or {@link StateStore#CURRENT}
 * @param release       the release it belongs to
 * @param formatVersion of the content
 * @param createdAt     when the plan was made, the run began, or the state was read
 * @param content       the JSON document, returned exactly as it was written
 * @param version       the backend's mark for optimistic concurrency; empty before the first write
 */
public record Artifact(
        String id, String release, String formatVersion, Instant createdAt, String content, String version) {
    public Artifact {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(formatVersion, "formatVersion");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(version, "version");
    }
}
