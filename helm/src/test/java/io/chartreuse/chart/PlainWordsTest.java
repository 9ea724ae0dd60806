package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Messages, pages, schemas and comments name who does what. A word of this list hides the actor or is not the usual word: an
 * author chooses another one. CONTRIBUTING.md says which.
 */
class PlainWordsTest {

    private static final Path ROOT = Path.of("..");

    private static final Pattern WORDS = Pattern.compile(
            "\\b(mend|mends|mended|mending|told|whoever|nobody|somebody|anybody|bears?|of ours|of theirs|handed on|in vain"
                    + "|a rare power)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Strings and comments of Java; a literal of several lines first. */
    private static final Pattern JAVA_TEXT = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])'|//[^\n]*+|/\\*.*?\\*/", Pattern.DOTALL);

    private static final Set<String> READ = Set.of("java", "md", "json", "yaml", "yml", "tpl", "sh", "py");

    /** Names of parameters, an error code that users know, logins of examples. */
    private static final Pattern ALLOWED =
            Pattern.compile("@param \\w+|cli\\.nobody-to-ask|nobody@|\"nobody\"|'nobody'");

    /** What earlier versions wrote, what speaks of earlier versions, and the two places that name these words. */
    private static boolean isKept(Path file) {
        String name = file.toString().replace('\\', '/');
        return name.contains("/src/test/resources/")
                || name.endsWith("CHANGELOG.md")
                || name.endsWith("CONTRIBUTING.md")
                || name.endsWith("PlainWordsTest.java");
    }

    @Test
    void textsUseTheUsualWordsAndNameTheActor() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> read = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean made = name.equals("target") || name.equals("node_modules");
                boolean hidden = name.startsWith(".") && !folder.equals(ROOT) && !name.equals(".github");
                return made || hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (READ.contains(name.substring(name.lastIndexOf('.') + 1)) && !isKept(file)) {
                    read.add(file);
                    found.addAll(words(file, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertTrue(read.contains(ROOT.resolve("README.md")), () -> read.size() + " files read");
        assertEquals(List.of(), found, () -> found.size() + " places:\n" + String.join("\n", found));
    }

    @Test
    void aWordIsFoundInACommentAndAStringButNotInAName() {
        Path java = Path.of("src/main/java/A.java");
        assertEquals(
                List.of(java + ":1 told", java + ":3 Mend"),
                words(java, "// told\nString told = nobody();\nString said = \"Mend it\";\n"));
        assertEquals(
                List.of(), words(Path.of("src/test/java/A.java"), "String told = \"nobody reads a test's words\";\n"));
        assertEquals(List.of("a.md:2 whoever"), words(Path.of("a.md"), "One line\nand whoever reads it\n"));
    }

    private static List<String> words(Path file, String content) {
        String text = content;
        if (file.toString().endsWith(".java")) {
            boolean test = file.toString().replace('\\', '/').contains("src/test/");
            text = blanked(content, test);
        }
        String read = ALLOWED.matcher(text)
                .replaceAll(allowed -> " ".repeat(allowed.group().length()));
        return WORDS.matcher(read)
                .results()
                .map(word -> file + ":"
                        + (read.substring(0, word.start())
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count()
                                + 1) + " "
                        + word.group())
                .toList();
    }

    /** Java with all but comments and strings blanked out; of a test its comments only. */
    private static String blanked(String java, boolean test) {
        StringBuilder text = new StringBuilder(java.replaceAll("[^\n]", " "));
        Stream<MatchResult> parts = JAVA_TEXT.matcher(java).results();
        parts.filter(part -> !test || part.group().startsWith("/"))
                .forEach(part -> text.replace(part.start(), part.end(), part.group()));
        return text.toString();
    }
}
