package io.chartreuse.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.BackendFactory;
import io.chartreuse.spi.model.Context;

/** The backend {@code file}: a directory, beside the configuration unless it says otherwise. */
public final class FileBackendFactory implements BackendFactory {

    private static final String DEFAULT_DIRECTORY = ".chartreuse";

    @Override
    public String name() {
        return "file";
    }

    @Override
    public Backend create(JsonNode section, Context context) {
        String directory = section.path("directory").asText(DEFAULT_DIRECTORY);
        return new FileBackend(context.directory().resolve(directory), context.release());
    }
}
