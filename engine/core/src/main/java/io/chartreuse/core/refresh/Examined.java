package io.chartreuse.core.refresh;

import io.chartreuse.spi.Check;
import java.util.Objects;

/**
 * A check, and who made it.
 *
 * @param by the provider's name, or {@code backend}
 */
public record Examined(String by, Check check) {
    public Examined {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(check, "check");
    }
}
