package io.chartreuse.core.run;

import java.time.Instant;
import java.util.Objects;

/**
 * That retention took runs off the record: that one and all before it. Written on the newest run before the first of them
 * is taken away.
 *
 * @param last the newest run that was taken
 * @param at   when this was written
 * @param by   who did it, as that process says
 */
public record Removal(RunLink last, Instant at, String by) {
    public Removal {
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
    }
}
