package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingPlacesTest {

    @TempDir
    private Path directory;

    @Test
    void aSettingThatAProviderRefusesIsFoundInTheFile() throws IOException {
        Path file = directory.resolve("chartreuse.yaml");
        Files.writeString(file, "release: shop\npostgres:\n  databases:\n    main:\n      after: [a,\n        b]\n");
        Diagnostic problem = Diagnostic.error(ConfigurationError.CONFIGURATION_EMPTY, "there is no b", "fix it");
        ChartreuseException located = SettingPlaces.located(
                ConfigurationText.read(file),
                new ChartreuseException(problem.at(Location.ofSetting("/postgres/databases/main/after/1"))));

        assertEquals(
                file + ":6:9 /postgres/databases/main/after/1",
                located.diagnostics().get(0).location().orElseThrow().toString());
    }

    @Test
    void otherPlacesStayAsTheyAre() throws IOException {
        Path file = directory.resolve("chartreuse.yaml");
        Files.writeString(file, "release: shop\n");
        Diagnostic problem = Diagnostic.error(ConfigurationError.CONFIGURATION_EMPTY, "no line", "fix it");
        ChartreuseException located = SettingPlaces.located(
                ConfigurationText.read(file),
                new ChartreuseException(List.of(problem, problem.at(Location.of("V1__a.sql"))), null));

        assertEquals(Optional.empty(), located.diagnostics().get(0).location());
        assertEquals(
                Location.of("V1__a.sql"),
                located.diagnostics().get(1).location().orElseThrow());
    }
}
