package io.chartreuse.provider.kubernetes.workload;

import java.util.Comparator;
import java.util.Optional;

/**
 * An ExpectedDeploymentScale.
 *
 * @param name       its own
 * @param deployment that it names
 * @param scale      the replicas to start with where nothing else is known
 * @param priority   the higher is stopped first; may be negative
 */
public record ExpectedScale(String name, String deployment, int scale, int priority) {

    /** Sorts the scale that counts first, where several name one Deployment. */
    static final Comparator<ExpectedScale> PRECEDENCE =
            Comparator.comparingInt(ExpectedScale::priority).reversed().thenComparing(ExpectedScale::name);

    /** Its kind in addresses. */
    static final String WORD = "expecteddeploymentscale.wiremind.io";

    StopReason choice() {
        return new StopReason(
                StopReason.Source.EXPECTED_SCALE, name, Optional.of(priority), Optional.of(scale), Optional.empty());
    }
}
