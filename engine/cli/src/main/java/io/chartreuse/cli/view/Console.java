package io.chartreuse.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The streams of a command: results on one, problems and questions on the other. */
public final class Console {

    private final Streams streams;
    private final Printer out;
    private final Printer err;

    /**
     * @param colour   whether terminals may be coloured; what is no terminal never is
     * @param width    how many columns texts for people have; 0: endless
     * @param redrawn  whether lines on a terminal of a known width may be drawn again in place
     * @param problems what becomes of what is said on the second stream
     * @param redact   masks secrets in everything that is written
     */
    public Console(
            Streams streams,
            boolean colour,
            int width,
            boolean redrawn,
            LineForm problems,
            UnaryOperator<String> redact) {
        this.streams = Objects.requireNonNull(streams, "streams");
        boolean human = problems == LineForm.AS_IT_IS;
        Optional<Footer> footer = redrawn && width > 0 ? footer(streams) : Optional.empty();
        this.out = new Printer(
                streams.out(),
                style(Streams.OUT, colour, width),
                LineForm.AS_IT_IS,
                redact,
                footer.filter(any -> isTerminal(Streams.OUT)));
        this.err = new Printer(
                streams.err(),
                style(Streams.ERR, colour && human, human ? width : 0),
                problems,
                redact,
                footer.filter(any -> isTerminal(Streams.ERR)));
    }

    /** Results and problems mostly appear on the same terminal, so there is one for both. */
    private static Optional<Footer> footer(Streams streams) {
        return Stream.of(Streams.OUT, Streams.ERR)
                .filter(streams.terminals()::contains)
                .findFirst()
                .map(stream -> new Footer(stream == Streams.OUT ? streams.out() : streams.err()));
    }

    private boolean isTerminal(int stream) {
        return streams.terminals().contains(stream);
    }

    private TextStyle style(int stream, boolean colour, int width) {
        return new TextStyle(colour && isTerminal(stream), streams.unicode(), width);
    }

    /** For results. */
    public Printer out() {
        return out;
    }

    /** For problems, and for what is said beside a document. */
    public Printer err() {
        return err;
    }

    /** Whether the error stream is a terminal. */
    public boolean isWatched() {
        return isTerminal(Streams.ERR);
    }

    /** Whether the user can be asked on a terminal. */
    public boolean canAsk() {
        return isTerminal(Streams.IN) && isWatched();
    }

    /** Writes a JSON document to the results: in UTF-8, or in ASCII if the stream's encoding is not UTF-8. */
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
        err.write(err.style().bold(question) + "\n  Only 'yes' is accepted: ");
        try {
            String answer = streams.in().readLine();
            return answer != null && answer.strip().equals("yes");
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be read", e);
        }
    }
}
