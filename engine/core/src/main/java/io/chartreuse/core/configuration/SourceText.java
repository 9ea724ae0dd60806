package io.chartreuse.core.configuration;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.text.BoundedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a file as UTF-8 text, or says why not. */
final class SourceText {

    /** A configuration has some hundred lines; what is larger is another file. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SourceText() {}

    /** @throws ChartreuseException where there is no file, or none that can be read as text */
    static String read(Path file) {
        if (Files.isDirectory(file)) {
            throw failure(
                    ConfigurationError.CONFIGURATION_UNREADABLE,
                    file,
                    "is a directory",
                    "Name the file in it" + only(file).map(f -> ": " + f).orElse("") + ".");
        }
        return decode(file, bytes(file));
    }

    private static byte[] bytes(Path file) {
        try {
            return BoundedFile.read(file, LARGEST);
        } catch (BoundedFile.TooLarge e) {
            throw failure(
                    ConfigurationError.CONFIGURATION_UNREADABLE,
                    file,
                    "has more than 4 MiB",
                    "Name the configuration's file; this is another.");
        } catch (NoSuchFileException e) {
            throw missing(file);
        } catch (FileSystemException e) {
            throw failure(
                    ConfigurationError.CONFIGURATION_UNREADABLE,
                    file,
                    "cannot be read" + (e.getReason() == null ? "" : ": " + e.getReason()),
                    "Name a file that the user who runs chartreuse may read.");
        } catch (IOException e) {
            throw failure(
                    ConfigurationError.CONFIGURATION_UNREADABLE,
                    file,
                    "cannot be read: " + e.getMessage(),
                    "Name a file that the user who runs chartreuse may read.");
        }
    }

    private static String decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
            int column = text.length() - text.lastIndexOf('\n');
            throw new ChartreuseException(Diagnostic.error(
                            ConfigurationError.CONFIGURATION_UNREADABLE,
                            file + " is not UTF-8 text",
                            "Save it as UTF-8.")
                    .at(new Location(file.toString(), line, column, "")));
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static ChartreuseException missing(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        String remedy = "Write it, or name another file.";
        if (directory != null && !Files.isDirectory(directory)) {
            remedy = "There is no directory " + directory + " either: name another file.";
        } else if (directory != null) {
            remedy = only(directory)
                    .map(other -> "Did you mean " + file.resolveSibling(other.getFileName()) + "?")
                    .orElse(remedy);
        }
        return failure(ConfigurationError.CONFIGURATION_MISSING, file, "does not exist", remedy);
    }

    /** The one YAML file of a directory. */
    private static Optional<Path> only(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> entry.toString().matches(".*\\.ya?ml") && Files.isRegularFile(entry))
                    .limit(2)
                    .reduce((one, other) -> directory)
                    .filter(entry -> !entry.equals(directory));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ChartreuseException failure(ConfigurationError code, Path file, String what, String remedy) {
        return new ChartreuseException(
                Diagnostic.error(code, file + " " + what, remedy).at(Location.of(file.toString())));
    }
}
