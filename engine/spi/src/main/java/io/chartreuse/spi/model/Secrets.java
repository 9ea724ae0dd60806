package io.chartreuse.spi.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Turns a reference into the secret it names. */
@FunctionalInterface
public interface Secrets {

    /**
     * Reads the secret anew at every call, so that a rotated credential is found. What it returns is from then on
     * masked in everything that the engine prints, logs or stores.
     *
     * @param reference {@code {"env": "NAME"}}, {@code {"file": "/path"}} or {@code {"command": {"run": ["program"]}}}
     * @throws ChartreuseException where the variable or file is missing or the program fails; the message names the
     *                             reference only
     */
    Secret resolve(JsonNode reference);

    /**
     * The environment variables that the configuration takes secrets from: code that starts a process removes from its
     * environment those that the process does not need.
     */
    default Set<String> variables() {
        return Set.of();
    }
}
