package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each promise of the threat model names the test that proves it, and that test is there. */
class ThreatModelTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    private static final Pattern PROMISE = Pattern.compile("^\\| T\\d+ \\|.*");

    @Test
    void eachPromiseNamesTestsAndClassesThatAreThere() throws IOException {
        Set<String> classes = classes();
        List<String> promises = Files.readAllLines(ROOT.resolve("engine/docs/threat-model.md")).stream()
                .filter(line -> PROMISE.matcher(line).matches())
                .toList();

        assertTrue(promises.size() > 10, "the table is found");
        for (String promise : promises) {
            String[] cells = promise.split("\\|");
            List<String> tests = names(cells[5]);
            assertTrue(tests.stream().anyMatch(name -> name.matches(".*(Test|IT)")), "no test: " + promise);
            assertEquals(
                    List.of(),
                    tests.stream().filter(name -> !classes.contains(name)).toList(),
                    promise);
            assertEquals(
                    List.of(),
                    names(cells[4]).stream()
                            .filter(name -> !classes.contains(name))
                            .toList(),
                    promise);
        }
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static Set<String> classes() throws IOException {
        Set<String> names = new HashSet<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                return name.equals("target") || name.equals(".git") || name.equals("node_modules")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.endsWith(".java")) {
                    names.add(name.substring(0, name.length() - ".java".length()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return names;
    }
}
