package io.chartreuse.cli.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text safe for a terminal. Texts come from plans, databases and clusters, and an attacker may have written them:
 * an escape sequence in the reason of a change could hide what a reviewer has to see. So characters that control a
 * terminal, change the direction of writing or are invisible are replaced by a visible form; only line feeds, tabs and
 * Chartreuse's own colours are kept. Commands to the pipeline that records the output are made harmless, too:
 * Chartreuse itself never writes any.
 */
public final class Printable {

    /** Characters that are invisible in a text: formats, separators of lines and paragraphs, selectors and fillers. */
    private static final String INVISIBLE =
            "\\p{Cf}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2065\\u3164"
                    + "\\ufe00-\\ufe0f\\uffa0\\x{e0000}-\\x{e0fff}";

    private static final Pattern UNSEEN = Pattern.compile("[" + INVISIBLE + "]");

    private static final Pattern STEERING = Pattern.compile(
            "(\\u001b\\[(?:0|1|2|3[1236]|1;37;41)m)|[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f" + INVISIBLE + "]");

    /**
     * GitHub takes a line that begins with {@code ::} for a command, whatever blanks are before it; it, Azure and TeamCity take what is in
     * {@code ##[…]}, {@code ##vso[…]} and {@code ##teamcity[…]}.
     */
    private static final Pattern COMMAND =
            Pattern.compile("(?im)^([\\p{Z}\\s&&[^\\n]]*):(?=:)|#(?=#(?:vso|teamcity)?\\[)");

    private Printable() {}

    /** @param coloured whether our own colours stay */
    static String of(String text, boolean coloured) {
        Matcher steering = STEERING.matcher(text);
        return uncommanding(
                steering.find()
                        ? steering.replaceAll(found -> Matcher.quoteReplacement(
                                coloured && found.group(1) != null ? found.group() : shown(found.group())))
                        : text);
    }

    /** In JSON the same text. */
    private static String uncommanding(String text) {
        return COMMAND.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) == null ? shown("#") : found.group(1) + shown(":")));
    }

    private static String shown(String steering) {
        return String.format("\\u%04x", steering.codePointAt(0))
                + steering.substring(steering.offsetByCodePoints(0, 1));
    }

    /** Whether that character is not seen where it stands, or turns the direction of writing. Controls aside. */
    public static boolean isInvisible(int character) {
        return character >= 0x80
                && UNSEEN.matcher(Character.toString(character)).matches();
    }
}
