package io.chartreuse.provider.kubernetes.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KubernetesErrorTest {

    @Test
    void everyCodeHasItsEntryWithProblemAndRemedy() throws IOException {
        String page = Files.readString(Path.of("../../engine/docs/errors.md"));
        List<String> codes =
                Stream.of(KubernetesError.values()).map(KubernetesError::code).toList();
        for (String code : codes) {
            int start = page.indexOf("### " + code + "\n");
            assertTrue(start >= 0, () -> code + " has no entry");
            int next = page.indexOf("\n##", start + 1);
            String entry = page.substring(start, next < 0 ? page.length() : next);
            assertTrue(entry.contains("\nProblem: ") && entry.contains("\nRemedy: "), entry);
        }
        assertEquals(
                codes,
                page.lines()
                        .filter(line -> line.startsWith("### kubernetes."))
                        .map(line -> line.substring("### ".length()))
                        .toList());
    }
}
