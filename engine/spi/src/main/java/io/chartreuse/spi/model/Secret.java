package io.chartreuse.spi.model;

import java.util.Objects;

/** A secret that its text form does not show: only {@link #reveal()} returns it. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The secret itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
