package io.chartreuse.spi.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;

/** Makes a backend; found through {@link java.util.ServiceLoader}. */
public interface BackendFactory {

    /** What the configuration's {@code backend} says: {@code kubernetes}, {@code file}. */
    String name();

    /**
     * Makes the backend without opening a connection.
     *
     * @param section the configuration's section of the same name ({@code kubernetes} has one that says how to reach
     *                the cluster), an empty object if the configuration has no such section
     * @throws ChartreuseException where the section contradicts itself
     */
    Backend create(JsonNode section, Context context);
}
