package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Chartreuse's {@code env.py} inside of the user's Alembic, with requests in JSON, one at a time. Its messages are
 * lines of its standard output that begin with a mark; all other output is the project's.
 */
final class AlembicProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlembicProcess.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode END = JsonNodeFactory.instance.objectNode().put("end", true);
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final int KEPT_LINES = 2_000;

    private final String mark;
    private final Masking masking;
    private final ChildProcess child;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final Semaphore silence = new Semaphore(0);
    private final Deque<String> said = new ArrayDeque<>();
    private volatile Consumer<String> watch = line -> {};
    private Optional<String> version = Optional.empty();
    private boolean ended;

    /** @throws IOException where it cannot be started */
    AlembicProcess(Call call, String mark, Masking masking) throws IOException {
        this.mark = mark;
        this.masking = masking;
        this.child = ChildProcess.start(call, this::output, () -> messages.add(END), this::errors);
    }

    /**
     * The version of Alembic; empty where the process has ended before it reached Chartreuse's {@code env.py}.
     *
     * @throws TimeoutException where it does not report the version in time
     */
    Optional<String> version(Duration limit) throws TimeoutException, InterruptedException {
        if (version.isEmpty() && !ended) {
            version = Optional.ofNullable(
                    next(deadline(Optional.of(limit))).path("version").textValue());
        }
        return version;
    }

    /** Whether it accepts requests. */
    boolean isUsable() {
        return !ended && child.isAlive();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param limit        how long it may take; empty: as long as it takes
     * @param watch        receives each line that the project prints, on threads that are not the caller's
     * @param conversation receives the events that come before the answer
     * @throws TimeoutException where it takes longer
     * @throws InterruptedException where the thread is interrupted; the process goes on until it is closed
     */
    Answer ask(ObjectNode request, Optional<Duration> limit, Consumer<String> watch, Conversation conversation)
            throws TimeoutException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        this.watch = watch;
        long deadline = deadline(limit);
        send(request);
        Optional<JsonNode> answer = Optional.empty();
        while (true) {
            JsonNode message = next(deadline);
            if (ended || message.has("ended")) {
                Answer last = answer.isPresent() ? Answer.of(answer.get()) : unanswered(message);
                this.watch = line -> {};
                return last;
            }
            if (message.has("event")) {
                conversation.on(message).ifPresent(this::send);
            } else {
                answer = Optional.of(message);
            }
        }
    }

    private static long deadline(Optional<Duration> limit) {
        return System.nanoTime() + limit.orElse(Duration.ofDays(365)).toNanos();
    }

    private JsonNode next(long deadline) throws TimeoutException, InterruptedException {
        JsonNode message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (message == null) {
            throw new TimeoutException();
        }
        ended = message == END;
        if (message.has("ended") && !silence.tryAcquire(LATE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("what the project printed last is not read yet");
        }
        return message;
    }

    /** The failure where the child process that should answer, or the whole process, has ended. */
    private Answer unanswered(JsonNode last) throws TimeoutException, InterruptedException {
        int status = last.path("ended").asInt();
        int signal = status & 0x7f;
        int exit = ended ? child.exit(LATE) : signal > 0 ? 128 + signal : status >> 8;
        return Answer.failed(AlembicFailure.ended(new Output(exit, List.of(), said())));
    }

    /** The last lines that were not messages. */
    List<String> said() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    private void send(ObjectNode message) {
        try {
            child.write(message.toString());
        } catch (IOException e) {
            LOG.debug("the process reads no more; it is asked why it ended", e);
        }
    }

    private void output(String line) {
        int start = line.indexOf(mark);
        if (start < 0) {
            keep(line);
            return;
        }
        try {
            JsonNode message = JSON.readTree(line.substring(start + mark.length()));
            messages.add(message.isObject() ? masking.masked(message) : refused());
        } catch (JsonProcessingException e) {
            LOG.debug("the process answered what is not JSON", e);
            messages.add(refused());
        }
    }

    private static JsonNode refused() {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.putObject("failure")
                .put("stage", "environment")
                .putArray("lines")
                .add("FAILED: it answered no JSON");
        return message;
    }

    private void errors(String line) {
        if (line.equals(mark)) {
            silence.release();
        } else {
            keep(line);
        }
    }

    private void keep(String line) {
        String harmless = masking.masked(line);
        synchronized (said) {
            said.add(harmless);
            if (said.size() > KEPT_LINES) {
                said.remove();
            }
        }
        watch.accept(harmless);
    }

    @Override
    public void close() {
        child.close();
    }
}
