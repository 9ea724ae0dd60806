package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.spi.backend.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Converts between Chartreuse's lease and a Kubernetes Lease. Pure.
 *
 * @param release that the lease is about
 */
record LeaseForm(String release) {

    /** The object to write. */
    io.fabric8.kubernetes.api.model.coordination.v1.Lease write(Lease lease) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(ArtifactNames.lease(release))
                .withResourceVersion(lease.version().isEmpty() ? null : lease.version())
                .addToLabels(ArtifactLabels.MANAGED_BY, ArtifactLabels.OURS)
                .addToLabels(ArtifactLabels.RELEASE, ArtifactNames.label(release))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(lease.holder())
                .withAcquireTime(time(lease.acquiredAt()))
                .withRenewTime(time(lease.renewedAt()))
                .withLeaseDurationSeconds((int) lease.duration().toSeconds())
                .withLeaseTransitions(lease.transitions())
                .endSpec()
                .build();
    }

    /** Reads the object. */
    Lease read(io.fabric8.kubernetes.api.model.coordination.v1.Lease object) {
        LeaseSpec spec = Objects.requireNonNullElseGet(object.getSpec(), LeaseSpec::new);
        int seconds = Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 1);
        return new Lease(
                Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
                instant(spec.getAcquireTime()),
                instant(spec.getRenewTime()),
                Duration.ofSeconds(Math.max(1, seconds)),
                object.getMetadata().getResourceVersion(),
                Math.max(0, Objects.requireNonNullElse(spec.getLeaseTransitions(), 0)));
    }

    boolean isOurs(io.fabric8.kubernetes.api.model.coordination.v1.Lease object) {
        return ArtifactLabels.label(object, ArtifactLabels.MANAGED_BY).equals(Optional.of(ArtifactLabels.OURS))
                && ArtifactLabels.label(object, ArtifactLabels.RELEASE)
                        .equals(Optional.of(ArtifactNames.label(release)));
    }

    /** Whether the stored object equals this lease, whatever its version. */
    boolean says(io.fabric8.kubernetes.api.model.coordination.v1.Lease object, Lease lease) {
        Lease there = read(object);
        return there.holder().equals(lease.holder())
                && there.acquiredAt().equals(stored(lease.acquiredAt()))
                && there.renewedAt().equals(stored(lease.renewedAt()));
    }

    /** A Lease's times have microseconds. */
    private static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static ZonedDateTime time(Instant instant) {
        return stored(instant).atZone(ZoneOffset.UTC);
    }

    private static Instant instant(ZonedDateTime time) {
        return time == null ? Instant.EPOCH : time.toInstant();
    }
}
