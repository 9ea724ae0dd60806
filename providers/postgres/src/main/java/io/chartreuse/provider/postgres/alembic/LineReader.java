package io.chartreuse.provider.postgres.alembic;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a process's output on its own thread. */
final class LineReader {

    private static final Logger LOG = LoggerFactory.getLogger(LineReader.class);
    private static final Duration LATE = Duration.ofSeconds(2);

    /** Large enough for the SQL of all pending revisions, and a limit on memory. A longer text is cut into lines. */
    private static final int LONGEST = 64 * 1024 * 1024;

    private final Consumer<String> lines;
    private final Thread thread;

    /** @param lines receives each line, on a thread that is not the caller's */
    LineReader(InputStream stream, Consumer<String> lines, Runnable end) {
        this.lines = lines;
        this.thread = new Thread(() -> read(stream, end), "alembic-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end of the stream. Does not wait for a grandchild that keeps it open. */
    void join() throws InterruptedException {
        thread.join(LATE.toMillis());
    }

    private void read(InputStream stream, Runnable end) {
        try (BufferedInputStream bytes = new BufferedInputStream(stream, 64 * 1024)) {
            read(bytes);
        } catch (IOException e) {
            LOG.debug("the process was ended while it spoke", e);
        } finally {
            end.run();
        }
    }

    private void read(BufferedInputStream bytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = bytes.read(); next >= 0; next = bytes.read()) {
            if (next == '\n' || line.size() == LONGEST) {
                lines.accept(text(line));
                line = new ByteArrayOutputStream();
            }
            if (next != '\n') {
                line.write(next);
            }
        }
        if (line.size() > 0) {
            lines.accept(text(line));
        }
    }

    private static String text(ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
