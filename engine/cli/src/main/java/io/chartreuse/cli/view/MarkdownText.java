package io.chartreuse.cli.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Foreign text in Markdown: it shows as it is, and is nothing but text. */
final class MarkdownText {

    /** What neither Markdown, HTML nor the sites that show them (mentions, issues, formulas) make anything of. */
    private static final String HARMLESS = " .,:;/()='-?%";

    /**
     * What sites look for in the finished page, where no encoding hides it any more: people and teams to call, issues to link,
     * addresses. A space without width after it ends that.
     */
    private static final Pattern LIVELY =
            Pattern.compile("@|[#!$&~%](?=\\w)|(?i:https?|ftp|mailto|xmpp):|(?i:www)(?=\\.)|(?i:gh)(?=-\\d)");

    private static final String STILL = "&#8203;";

    private MarkdownText() {}

    /** In a line, a table's cell or an HTML element. */
    static String of(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        StringBuilder still = new StringBuilder();
        Matcher lively = LIVELY.matcher(line);
        int from = 0;
        while (lively.find()) {
            still.append(encoded(line.substring(from, lively.end()), "&#%d;")).append(STILL);
            from = lively.end();
        }
        return still.append(encoded(line.substring(from), "&#%d;")).toString();
    }

    /** The same as code. */
    static String code(String text) {
        return "<code>" + of(text) + "</code>";
    }

    /** In a label of a Mermaid diagram, between quotes. */
    static String mermaid(String text) {
        return encoded(text.strip().replaceAll("\\s+", " "), "#%d;");
    }

    private static String encoded(String text, String form) {
        return text.codePoints()
                .map(c -> isInvisible(c) ? 0xfffd : c)
                .mapToObj(c -> isHarmless(c) ? Character.toString(c) : String.format(form, c))
                .collect(Collectors.joining());
    }

    private static boolean isHarmless(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || HARMLESS.indexOf(c) >= 0);
    }

    /** What would let the text read otherwise than it is. */
    private static boolean isInvisible(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t' || Printable.isInvisible(c);
    }

    /** Several lines as a block of code that nothing in them can end. */
    static String block(String language, String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        String shown = text.replace("\r\n", "\n")
                .codePoints()
                .mapToObj(c -> isInvisible(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining())
                .stripTrailing();
        return fence + language + "\n" + shown + "\n" + fence + "\n";
    }
}
