package io.chartreuse.provider.postgres.alembic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a process says on a thread of its own, masks the password in it, and keeps the last of it. */
final class LineReader {

    private static final Logger LOG = LoggerFactory.getLogger(LineReader.class);
    private static final Duration LATE = Duration.ofSeconds(2);

    private final Optional<String> password;
    private final Consumer<String> watch;
    private final int limit;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread thread;

    /** @param limit how many lines are kept */
    LineReader(InputStream stream, Call call, int limit) {
        this.password = call.password();
        this.watch = call.watch();
        this.limit = limit;
        this.thread = new Thread(() -> read(stream), "alembic-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** What was said. A grandchild that keeps the stream open is not waited for. */
    List<String> lines() throws InterruptedException {
        thread.join(LATE.toMillis());
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                keep(masked(line));
            }
        } catch (IOException e) {
            LOG.debug("the process was ended while it spoke", e);
        }
    }

    private void keep(String line) {
        synchronized (lines) {
            lines.add(line);
            if (lines.size() > limit) {
                lines.remove();
            }
        }
        watch.accept(line);
    }

    private String masked(String line) {
        return password.map(secret -> line.replace(secret, "(secret)")
                        .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "(secret)")
                        .replace(
                                URLEncoder.encode(secret, StandardCharsets.UTF_8)
                                        .replace("+", "%20"),
                                "(secret)"))
                .orElse(line);
    }
}
