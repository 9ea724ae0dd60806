package io.chartreuse.core.state;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is recorded of one section of the configuration as a whole. A run that does not ask a provider (a restore asks no
 * database) leaves what is recorded of it as it is, so that sections may be of different runs.
 *
 * @param digest     of the section as the user wrote it
 * @param run        after which it was recorded; empty where it was read without a run
 * @param recordedAt when its resources were read
 */
public record RecordedSection(String digest, Optional<String> run, Instant recordedAt) {
    public RecordedSection {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(recordedAt, "recordedAt");
    }
}
