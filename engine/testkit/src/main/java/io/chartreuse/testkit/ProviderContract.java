package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.ConfigurationLoader;
import io.chartreuse.core.configuration.ConfigurationSchema;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.ProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the engine relies on in every provider that is installed. A provider's tests extend this and name it. The
 * section's schema is tried on the witnesses in {@code src/test/resources/witnesses}: each file of {@code valid} is a
 * section that loads, each of {@code invalid} one that is refused with the text that its first line
 * ({@code # expect: …}) names.
 */
public abstract class ProviderContract {

    private static final Path WITNESSES = Path.of("src/test/resources/witnesses");
    private static final String EXPECT = "# expect:";

    @TempDir
    private Path directory;

    /** The provider's name. */
    protected abstract String name();

    private ProviderFactory factory() {
        return ServiceLoader.load(ProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("provider " + name() + " is not installed"));
    }

    @Test
    void theProviderSaysWhatItIs() {
        assertFalse(factory().description().isBlank());
        assertFalse(factory().roles().isEmpty());
    }

    @Test
    void thereAreWitnessesOfBothKinds() {
        assertFalse(witnesses("valid").isEmpty());
        assertFalse(witnesses("invalid").isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> aValidSectionLoads() {
        return witnesses("valid").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Configuration configuration = load(file);
                    assertEquals(
                            List.of(name()),
                            List.copyOf(configuration.sections().keySet()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> anInvalidSectionIsRefusedForItsReason() {
        return witnesses("invalid").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> refused(file)));
    }

    private void refused(Path file) throws IOException {
        String first = Files.readAllLines(file).get(0);
        assertTrue(first.startsWith(EXPECT), file + " begins with \"" + EXPECT + " …\"");
        String expected = first.substring(EXPECT.length()).strip();
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> load(file));
        String said = refused.diagnostics().stream().map(ProviderContract::said).collect(Collectors.joining("\n"));
        assertTrue(said.contains(expected), () -> "\"" + expected + "\" should be in:\n" + said);
    }

    private static String said(Diagnostic problem) {
        return problem.location().map(Object::toString).orElse("") + " " + problem.summary() + " " + problem.remedy();
    }

    private Configuration load(Path section) throws IOException {
        String indented = Files.readAllLines(section).stream()
                .map(line -> line.isBlank() || line.startsWith("#") ? line : "  " + line)
                .collect(Collectors.joining("\n"));
        Path whole = directory.resolve(section.getFileName());
        Files.writeString(whole, "version: 1\nrelease: shop\nbackend: file\n" + name() + ":\n" + indented + "\n");
        return new ConfigurationLoader(
                        new ConfigurationSchema(Map.of(name(), factory().configurationSchema())))
                .load(whole);
    }

    private static List<Path> witnesses(String kind) {
        try (Stream<Path> files = Files.list(WITNESSES.resolve(kind))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(
                    "no witnesses in " + WITNESSES.resolve(kind).toAbsolutePath(), e);
        }
    }
}
