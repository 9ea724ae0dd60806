package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.store.PlanFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plans of the engine's golden files as a reviewer reads them: {@code plan.txt} stands beside {@code case.yaml} and
 * {@code plan.json}. {@code -Dgolden.update=true} writes the texts anew.
 */
final class GoldenPlanTextTest {

    private static final Path CASES = Path.of("../core/src/test/resources/golden");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePlanReadsAsTheGoldenFileSays(Path folder) throws IOException {
        StringWriter text = new StringWriter();
        Printer printer = new Printer(new PrintWriter(text), new TextStyle(false, true), said -> said);
        new PlanView(printer).print(PlanFile.read(folder.resolve("plan.json")));
        Path expected = folder.resolve("plan.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, text.toString());
        }
        assertEquals(Files.readString(expected), text.toString());
    }
}
