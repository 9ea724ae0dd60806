package io.chartreuse.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The streams of a command: results on one, problems and questions on the other. */
public final class Console {

    private final Streams streams;
    private final Printer out;
    private final Printer err;

    /**
     * @param colour whether terminals may be coloured; what is no terminal never is
     * @param problems what becomes of what is said on the second stream
     * @param redact masks secrets in everything that is written
     */
    public Console(Streams streams, boolean colour, LineForm problems, UnaryOperator<String> redact) {
        this(streams, colour, 0, problems, redact);
    }

    /** @param width how many columns texts for people have; 0: endless */
    public Console(Streams streams, boolean colour, int width, LineForm problems, UnaryOperator<String> redact) {
        this.streams = Objects.requireNonNull(streams, "streams");
        this.out = new Printer(streams.out(), look(Streams.OUT, colour, width), LineForm.AS_IT_IS, redact);
        boolean human = problems == LineForm.AS_IT_IS;
        this.err = new Printer(streams.err(), look(Streams.ERR, colour && human, human ? width : 0), problems, redact);
    }

    private Look look(int stream, boolean colour, int width) {
        return new Look(colour && streams.terminals().contains(stream), streams.unicode(), width);
    }

    /** For results. */
    public Printer out() {
        return out;
    }

    /** For problems, and for what is said beside a document. */
    public Printer err() {
        return err;
    }

    /** Whether somebody watches the problems as they come. */
    public boolean isWatched() {
        return streams.terminals().contains(Streams.ERR);
    }

    /** Whether somebody can be asked. */
    public boolean canAsk() {
        return streams.terminals().contains(Streams.IN) && isWatched();
    }

    /** Writes a JSON document to the results: UTF-8, or where that is not what the stream bears, ASCII. */
    public void document(JsonNode document) {
        String text = Json.pretty(document);
        out.write(streams.unicode() ? text : ascii(text));
    }

    /** Outside of ASCII there is nothing but the content of JSON strings. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.chars().forEach(c -> text.append(c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return text.toString();
    }

    /** Asks, and gives the line that was typed; empty at the end of the input. */
    public Optional<String> ask(String question) {
        err.write(question);
        try {
            return Optional.ofNullable(streams.in().readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be read", e);
        }
    }

    /** Asks, and says whether the answer is the word {@code yes}. */
    public boolean confirm(String question) {
        err.write(err.look().bold(question) + "\n  Only 'yes' is accepted: ");
        try {
            String answer = streams.in().readLine();
            return answer != null && answer.strip().equals("yes");
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be read", e);
        }
    }
}
