package io.chartreuse.cli.view;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Writes lines to one stream. Every text goes through the redactor. Safe for use by several threads. */
public final class Printer {

    private final PrintWriter writer;
    private final Look look;
    private final LineForm form;
    private final UnaryOperator<String> redact;

    public Printer(PrintWriter writer, Look look, UnaryOperator<String> redact) {
        this(writer, look, LineForm.AS_IT_IS, redact);
    }

    /** @param form what becomes of each text, line or lines, before it is redacted and written */
    public Printer(PrintWriter writer, Look look, LineForm form, UnaryOperator<String> redact) {
        this.form = Objects.requireNonNull(form, "form");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.look = Objects.requireNonNull(look, "look");
        this.redact = Objects.requireNonNull(redact, "redact");
    }

    public Look look() {
        return look;
    }

    /** Writes the text and ends the line; where it is too long for the terminal, on several. */
    public void line(String text) {
        write(String.join("\n", Wrapped.of(text.stripTrailing(), look.width())) + "\n");
    }

    public void lines(List<String> texts) {
        texts.forEach(this::line);
    }

    /** Writes an empty line. */
    public void gap() {
        write("\n");
    }

    /** Writes the text without ending the line. */
    public void write(String text) {
        write(text, LineForm.Weight.INFO);
    }

    /** Writes a text that may be of several lines and belongs together. */
    public void write(String text, LineForm.Weight weight) {
        raw(form.of(text, weight));
    }

    /** Writes what has its form already. */
    public void raw(String text) {
        synchronized (writer) {
            writer.write(
                    Printable.of(redact.apply(text), look.colour())); // a secret is known as it is, not as it is shown
            writer.flush();
        }
    }
}
