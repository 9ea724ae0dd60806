package io.chartreuse.core.configuration;

import io.chartreuse.spi.text.BoundedFile;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The digest of what is in a file or a directory.
 *
 * @param digest {@code sha256:…}
 * @param bytes  the content of a file; empty for a directory
 */
record PinnedContent(String digest, Optional<byte[]> bytes) {

    /** The largest file that can be pinned. */
    private static final int LARGEST = 64 * 1024 * 1024;

    /** Kubernetes keeps the versions of a mounted ConfigMap in directories of that begin; no file of one can be called so. */
    private static final String VERSIONS = "..";

    /**
     * Reads it once. The digest of a directory is that of the lines that {@code find . -type f -print0 | LC_ALL=C sort -z | xargs
     * -0 sha256sum} prints in it.
     */
    static PinnedContent read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new PinnedContent(Sha256.of(listing(path)), Optional.empty());
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException("it is neither a plain file nor a directory");
        }
        byte[] bytes = BoundedFile.read(path, LARGEST);
        return new PinnedContent(Sha256.of(bytes), Optional.of(bytes));
    }

    private static byte[] listing(Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : names(directory)) {
            String digest = Sha256.of(BoundedFile.read(directory.resolve(name), LARGEST));
            lines.append(digest.substring("sha256:".length()))
                    .append("  ./")
                    .append(name)
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(name -> !name.startsWith(VERSIONS))
                    .sorted(Comparator.comparing(
                            name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                    .toList();
            for (String name : names) {
                if (name.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '\\')) {
                    throw new IOException("a file in it has a line end or a backslash in its name");
                }
            }
            return names;
        }
    }
}
