package io.chartreuse.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpiRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.spi";
    }

    @Test
    void theSpiUsesNothingOfOurs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.chartreuse.core..", "io.chartreuse.provider..", "io.chartreuse.cli..")
                .check(classes());
    }

    /** The author of a provider or a backend finds each capability in one table. */
    @Test
    void providerAndBackendListEachCapability() throws IOException {
        Path sources = Path.of("../spi/src/main/java/io/chartreuse/spi");
        String tables = Files.readString(sources.resolve("provider/Provider.java"))
                + Files.readString(sources.resolve("backend/Backend.java"));
        List<String> capabilities = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).replaceAll("\\s+\\*?\\s*", " ").contains("n optional capability of a ")) {
                    capabilities.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        assertTrue(capabilities.contains("ReadinessCheck"), capabilities::toString);
        assertEquals(
                List.of(),
                capabilities.stream()
                        .filter(name -> !tables.matches("(?s).*<td>\\{@link [\\w.]*\\b" + name + "}</td>.*"))
                        .toList());
    }
}
