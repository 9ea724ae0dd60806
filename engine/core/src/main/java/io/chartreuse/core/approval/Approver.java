package io.chartreuse.core.approval;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A key that a run says approved its plan.
 *
 * @param fingerprint of the key
 * @param name        as the configuration calls it now; empty where it does not know it, or it has none
 * @param known       whether the configuration names the key now; keys change, so that it need not
 * @param at          when the approval was handed over, where it is on record
 * @param by          who handed it over, as that process said
 */
public record Approver(String fingerprint, String name, boolean known, Optional<Instant> at, Optional<String> by) {
    public Approver {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
    }

    /** {@code dba (sha256:0123…)}, and whether the configuration knows the key. */
    @Override
    public String toString() {
        return (name.isEmpty() ? fingerprint : name + " (" + fingerprint + ")")
                + (known ? "" : ", a key that the configuration does not name now");
    }
}
