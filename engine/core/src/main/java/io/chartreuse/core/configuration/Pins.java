package io.chartreuse.core.configuration;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.BoundedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The digests of files that the command line names: those of the configuration, of keys and rules, of migrations. An account that can
 * change a mounted ConfigMap cannot change the arguments of the Job that mounts it.
 *
 * @param directory that of the configuration: where relative paths start
 */
public record Pins(List<Pin> pins, Path directory) {

    public Pins {
        pins = List.copyOf(pins);
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + directory);
        }
    }

    /**
     * Reads what is pinned and compares it. What the program reads of these files afterwards is what was compared here. To be
     * called before anything is parsed; and again before a run begins, for directories, which are read by others.
     *
     * @throws ChartreuseException with all that is not as it has to be
     */
    public void compare() {
        List<Diagnostic> problems =
                pins.stream().flatMap(pin -> problem(pin).stream()).toList();
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
    }

    private Optional<Diagnostic> problem(Pin pin) {
        try {
            Path path = directory.resolve(pin.path());
            PinnedContent content = PinnedContent.read(path);
            if (!content.digest().equals(pin.digest())) {
                return Optional.of(problem(pin, "is " + content.digest() + " and not " + pin.digest()));
            }
            content.bytes().ifPresent(bytes -> BoundedFile.fix(path, bytes));
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(problem(pin, "is not there"));
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            return Optional.of(problem(pin, "cannot be read: " + e.getMessage()));
        }
    }

    private static Diagnostic problem(Pin pin, String what) {
        return Diagnostic.error(
                ConfigurationError.PIN_BROKEN,
                "pinned " + pin.path() + " " + what,
                "It was changed after its digest was written down (of a ConfigMap: kubectl get configmap -o yaml"
                        + " --show-managed-fields says who). Deploy again with the content that was reviewed, or pin"
                        + " what it is now.");
    }
}
