package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository's pages: their links have targets, and an index names all of them. */
class PagesTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    Path directory;

    /** All pages except those that a build or a tool has made. */
    private static Map<Path, Page> pages() throws IOException {
        Map<Path, Page> pages = new TreeMap<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean made = name.equals("target") || name.equals("node_modules");
                boolean hidden = name.startsWith(".") && !folder.equals(ROOT) && !name.equals(".github");
                return made || hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.put(file, Page.read(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }

    @Test
    void eachLinkLeadsToAFileAndItsHeading() throws IOException {
        Map<Path, Page> pages = pages();
        assertTrue(pages.containsKey(ROOT.resolve("README.md")), pages.keySet()::toString);
        Map<Path, List<String>> dead = new TreeMap<>();
        pages.forEach((file, page) -> dead.put(file, page.deadLinks()));
        dead.values().removeIf(List::isEmpty);
        assertEquals(Map.of(), dead);
    }

    @Test
    void whatLeadsNowhereIsFound() {
        Path file = directory.resolve("page.md");
        ChartFolder.write(file, """
                # A `page`, and more
                [here](#a-page-and-more) [there](#there) [file](none.md) [itself](page.md#a-page-and-more)
                [elsewhere](https://example.com/none)
                ```sh
                [code](none.md)
                ```
                """);
        assertEquals(List.of("#there", "none.md"), Page.read(file).deadLinks());
    }

    @Test
    void theIndexNamesEachDecision() throws IOException {
        Path decisions = ROOT.resolve("engine/docs/decisions");
        String index = ChartFolder.read(decisions.resolve("README.md"));
        try (Stream<Path> files = Files.list(decisions)) {
            List<String> missing = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md") && !index.contains("](" + name + ")"))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    @Test
    void errorCodesAreSortedWithinTheirModule() {
        for (String module :
                ChartFolder.read(ROOT.resolve("engine/docs/errors.md")).split("(?m)^## ")) {
            List<String> codes = Pattern.compile("(?m)^### (.*)$")
                    .matcher(module)
                    .results()
                    .map(code -> code.group(1))
                    .toList();
            assertEquals(codes.stream().sorted().toList(), codes);
        }
    }

    @Test
    void theReadmeNamesEachExample() throws IOException {
        String readme = ChartFolder.read(ROOT.resolve("README.md"));
        try (Stream<Path> files = Files.list(Example.HOME)) {
            List<String> missing = files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !readme.contains("examples/" + name))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }
}
