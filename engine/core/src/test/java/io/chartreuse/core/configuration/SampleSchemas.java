package io.chartreuse.core.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The schemas of two providers, smaller than the real ones. */
final class SampleSchemas {

    private SampleSchemas() {}

    static ConfigurationSchema composed() {
        return new ConfigurationSchema(Map.of("postgres", text("postgres"), "kubernetes", text("kubernetes")));
    }

    static String text(String provider) {
        try (InputStream in = SampleSchemas.class.getResourceAsStream("/configuration/" + provider + ".schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
