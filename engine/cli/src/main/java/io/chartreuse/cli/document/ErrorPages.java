package io.chartreuse.cli.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pages of {@code engine/docs/errors.md}, for who meets a code away from the documentation. */
final class ErrorPages {

    private static final String HOME = "https://github.com/chartreuse/chartreuse/blob/main/engine/docs/errors.md";

    private final Map<String, ErrorPage> pages = new HashMap<>();

    private ErrorPages(String text) {
        for (String section : text.split("(?m)^### ")) {
            String code = section.lines().findFirst().orElse("").strip();
            paragraph("Problem: ", section)
                    .ifPresent(problem -> pages.put(
                            code,
                            new ErrorPage(
                                    problem, paragraph("Remedy: ", section).orElse(""), uri(code))));
        }
    }

    /** Those that the distribution has with it. */
    static ErrorPages packaged() {
        try (InputStream file = ErrorPages.class.getResourceAsStream("errors.md")) {
            return new ErrorPages(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page of a code; empty for one of a provider that does not come with the product. */
    Optional<ErrorPage> of(String code) {
        return Optional.ofNullable(pages.get(code));
    }

    /** Up to the next empty line: the page wraps its lines. */
    private static Optional<String> paragraph(String head, String section) {
        return section.lines()
                .dropWhile(line -> !line.startsWith(head))
                .takeWhile(line -> !line.isBlank())
                .map(String::strip)
                .reduce((before, line) -> before + " " + line)
                .map(text -> text.substring(head.length()).strip());
    }

    /** A heading's anchor is its letters, digits and hyphens. */
    private static String uri(String code) {
        return HOME + "#" + code.replaceAll("[^a-z0-9-]", "");
    }

    /** What a code means, and what to do about it. */
    record ErrorPage(String problem, String remedy, String uri) {}
}
