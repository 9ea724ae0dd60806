package io.chartreuse.cli.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Looks, again and again, at the arguments and the environment of all processes below this one. */
final class ProcessWatch implements AutoCloseable {

    private static final int PAUSE_MILLIS = 100;

    private final Set<Seen> seen = new LinkedHashSet<>();
    private final Thread thread = new Thread(this::watch, "process watch");
    private volatile boolean watching = true;

    ProcessWatch() {
        thread.start();
    }

    /** One process; both are as the kernel tells them, in ISO 8859-1 and with zeros between their parts. */
    record Seen(String arguments, String environment) {}

    /** All that were seen until now. */
    Set<Seen> seen() {
        synchronized (seen) {
            return Set.copyOf(seen);
        }
    }

    private void watch() {
        try {
            while (watching) {
                ProcessHandle.current().descendants().map(ProcessWatch::look).forEach(one -> one.ifPresent(this::add));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Seen one) {
        synchronized (seen) {
            seen.add(one);
        }
    }

    /** Empty where it has ended, or became another program between two looks. */
    private static Optional<Seen> look(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            String arguments = text(folder.resolve("cmdline"));
            String environment = text(folder.resolve("environ"));
            return Optional.of(new Seen(arguments, environment))
                    .filter(one -> !one.arguments().isEmpty() && again(folder).equals(one.arguments()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String again(Path folder) {
        try {
            return text(folder.resolve("cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        watching = false; // it looks no more after this time
    }
}
