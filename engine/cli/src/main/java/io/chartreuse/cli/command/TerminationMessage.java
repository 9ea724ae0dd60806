package io.chartreuse.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The termination message of the pod's container: {@code kubectl describe pod} shows it, also when the log is gone. It
 * is written only if the file exists; a failure is logged at debug level.
 *
 * @param environment of the process
 * @param redact      masks secrets
 */
public record TerminationMessage(Map<String, String> environment, UnaryOperator<String> redact) {

    /** Names the file if it is not the usual one; an empty value means that no file is written. */
    static final String VARIABLE = "CHARTREUSE_TERMINATION_LOG";

    private static final Logger LOG = LoggerFactory.getLogger(TerminationMessage.class);
    private static final String USUAL = "/dev/termination-log";
    private static final int LONGEST = 4096;

    /** Writes these lines in the place of what was written before; what does not fit is cut at the end of a line. */
    public void write(List<String> lines) {
        file().filter(Files::isRegularFile).filter(Files::isWritable).ifPresent(file -> write(file, lines));
    }

    /** Outside of a pod a file is written only if the variable names one. */
    private Optional<Path> file() {
        String usual = environment.containsKey("KUBERNETES_SERVICE_HOST") ? USUAL : "";
        return Optional.of(environment.getOrDefault(VARIABLE, usual))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    private void write(Path file, List<String> lines) {
        try {
            Files.writeString(file, fitting(lines), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            LOG.debug("{} cannot be written", file, e);
        }
    }

    private String fitting(List<String> lines) {
        StringBuilder text = new StringBuilder();
        int left = LONGEST;
        for (String line : redact.apply(String.join("\n", lines)).split("\n")) {
            left -= line.getBytes(StandardCharsets.UTF_8).length + 1;
            if (left < 0) {
                break;
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
