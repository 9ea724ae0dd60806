package io.chartreuse.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The chart's files, and changed copies of them. */
final class ChartFolder {

    static final Path CHART = Path.of("chartreuse");

    private ChartFolder() {}

    static String read(String name) {
        return read(CHART.resolve(name));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the files of a folder. */
    static void clear(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A copy of the chart.
     *
     * @param edit applied to the text of each template
     */
    static void copy(Path target, UnaryOperator<String> edit) {
        copy(CHART, target, edit);
    }

    /** A copy of another chart. */
    static void copy(Path chart, Path target, UnaryOperator<String> edit) {
        try (Stream<Path> files = Files.walk(chart)) {
            files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).forEach(file -> {
                Path relative = chart.relativize(file);
                write(target.resolve(relative), relative.startsWith("templates") ? edit.apply(read(file)) : read(file));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
