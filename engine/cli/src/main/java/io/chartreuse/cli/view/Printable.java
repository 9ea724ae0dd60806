package io.chartreuse.cli.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as a terminal may be given it. What is shown comes from plans, databases and clusters, and somebody else may have
 * written it: an escape sequence in the reason of a change could hide what a reviewer has to see. So all that steers a
 * terminal, or turns the direction of writing, is shown instead of obeyed, but for line feeds, tabs and our own colours.
 */
final class Printable {

    private static final Pattern STEERING = Pattern.compile("(\\u001b\\[(?:0|1|2|3[1236]|1;37;41)m)"
            + "|[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private Printable() {}

    /** @param coloured whether our own colours stay */
    static String of(String text, boolean coloured) {
        Matcher steering = STEERING.matcher(text);
        return steering.find()
                ? steering.replaceAll(found -> Matcher.quoteReplacement(
                        coloured && found.group(1) != null ? found.group() : shown(found.group())))
                : text;
    }

    private static String shown(String steering) {
        return String.format("\\u%04x", (int) steering.charAt(0)) + steering.substring(1);
    }
}
