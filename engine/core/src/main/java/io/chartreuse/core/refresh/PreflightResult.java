package io.chartreuse.core.refresh;

import io.chartreuse.spi.model.Check;
import java.util.Objects;

/**
 * A check, and who made it.
 *
 * @param by the provider's name, or {@code backend}
 */
public record PreflightResult(String by, Check check) {
    public PreflightResult {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(check, "check");
    }
}
