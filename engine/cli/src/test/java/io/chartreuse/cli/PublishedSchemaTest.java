package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.json.Json;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.spi.provider.ProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The schema that editors read from the repository is the one that the product uses. */
class PublishedSchemaTest {

    private static final Path PUBLISHED = Path.of("../../schemas/chartreuse.schema.json");

    @Test
    void theSchemaForEditorsIsTheOneThatIsUsed() throws IOException {
        SortedMap<String, ProviderFactory> providers =
                new TreeMap<>(Registry.installed().providers());
        providers.keySet().retainAll(List.of("kubernetes", "patroni", "postgres"));
        String used = Json.pretty(new Registry(providers, Map.of()).schema().composed());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PUBLISHED, used);
        }
        assertEquals(used, Files.readString(PUBLISHED));
    }
}
