package io.chartreuse.cli.report;

import io.chartreuse.cli.view.Printable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * Writes HTML that is XML as well. Whatever comes from elsewhere goes through {@link #text} or an attribute's value, where
 * it is escaped; tags and names of attributes are ours.
 */
final class Html {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private final UnaryOperator<String> redact;

    /** @param redact masks secrets, before anything is escaped */
    Html(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    /** What stands before the first tag. */
    static final String DOCTYPE = "<!DOCTYPE html>\n";

    /** Begins an element. @param attributes names and values in turn */
    Html open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** The same, and the next one begins in a new line. */
    Html closeLine() {
        close();
        out.append('\n');
        return this;
    }

    /** An element that never has content: one of HTML's void elements, or a shape. */
    Html empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>");
        return this;
    }

    /** An element with a text. */
    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    Html text(String text) {
        out.append(escaped(redact.apply(text)));
        return this;
    }

    /** Style, from this program only. */
    Html style(String css) {
        out.append("<style>").append(css).append("</style>\n");
        return this;
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(escaped(redact.apply(attributes[i + 1]))).append('"');
        }
    }

    /** What XML does not admit, and what would turn the direction of the text around it, shows as what it is: odd. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isPlain(c) ? c : 0xfffd);
            }
        });
        return safe.toString();
    }

    private static boolean isPlain(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' || c >= 0x7f && c < 0xa0;
        boolean surrogate = c >= 0xd800 && c <= 0xdfff;
        return !control && !surrogate && !Printable.isInvisible(c) && (c & 0xfffe) != 0xfffe;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return DOCTYPE + out;
    }
}
