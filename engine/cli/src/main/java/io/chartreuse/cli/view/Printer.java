package io.chartreuse.cli.view;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes lines to one stream. Every text goes through the redactor. Safe for use by several threads. */
public final class Printer {

    private final PrintWriter writer;
    private final TextStyle style;
    private final LineForm form;
    private final UnaryOperator<String> redact;
    private final Optional<Footer> footer;

    public Printer(PrintWriter writer, TextStyle style, UnaryOperator<String> redact) {
        this(writer, style, LineForm.AS_IT_IS, redact, Optional.empty());
    }

    /**
     * @param form   what becomes of each text, line or lines, before it is redacted and written
     * @param footer of the terminal that shows this stream; empty where lines cannot be redrawn
     */
    Printer(PrintWriter writer, TextStyle style, LineForm form, UnaryOperator<String> redact, Optional<Footer> footer) {
        this.form = Objects.requireNonNull(form, "form");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.style = Objects.requireNonNull(style, "look");
        this.redact = Objects.requireNonNull(redact, "redact");
        this.footer = Objects.requireNonNull(footer, "footer");
    }

    public TextStyle style() {
        return style;
    }

    /** Writes the text and ends the line; where it is too long for the terminal, on several. */
    public void line(String text) {
        write(String.join("\n", Wrapped.of(text.stripTrailing(), style.width())) + "\n");
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
        String shown = shown(text);
        if (footer.isPresent()) {
            footer.get().writeAbove(writer, shown);
        } else {
            synchronized (writer) {
                writer.write(shown);
                writer.flush();
            }
        }
    }

    /** Whether {@link #footer} shows anything. */
    boolean hasFooter() {
        return footer.isPresent();
    }

    /** Shows these lines, cut to the terminal's width, below all else, in place of those that were shown there. */
    void footer(List<String> lines) {
        String sign = style.unicode() ? "…" : ">";
        footer.ifPresent(foot -> foot.show(lines.stream()
                .map(line -> Wrapped.cut(shown(line).replaceAll("\\s*\\R\\s*", " "), style.width() - 1, sign))
                .toList()));
    }

    /** A secret is known as it is, not as it is shown. */
    private String shown(String text) {
        return Printable.of(redact.apply(text), style.colour());
    }
}
