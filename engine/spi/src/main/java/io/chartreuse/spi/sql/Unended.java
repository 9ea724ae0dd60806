package io.chartreuse.spi.sql;

import java.util.Objects;

/**
 * Something that a text begins and never ends.
 *
 * @param what it is, for people: {@code dollar quote ($x$)}
 * @param line where it begins, from 1
 */
public record Unended(String what, int line) {
    public Unended {
        Objects.requireNonNull(what, "what");
    }
}
