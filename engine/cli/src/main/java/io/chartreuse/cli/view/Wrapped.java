package io.chartreuse.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that fit a narrow terminal. What colours a text takes no room; a word that is too long stays whole. */
public final class Wrapped {

    private static final Pattern PAINT = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String PLAIN = "\u001b[0m";
    private static final int HANGING = 4;

    private Wrapped() {}

    /** The line, broken between words; what follows is indented further than its beginning. 0: of endless width. */
    public static List<String> of(String line, int width) {
        int indentation = line.length() - line.stripLeading().length();
        return of(line, width, Math.min(indentation + HANGING, Math.max(0, width / 3)));
    }

    /** The same, with what follows indented by so much. */
    public static List<String> of(String line, int width, int hanging) {
        if (width <= 0 || width(line) <= width) {
            return List.of(line);
        }
        List<String> lines = new ArrayList<>();
        String rest = line;
        int from = rest.length() - rest.stripLeading().length();
        while (width(rest) > width) {
            int end = end(rest, from, width);
            if (end < 0) {
                break;
            }
            String head = rest.substring(0, end).stripTrailing();
            String paint = paint(head);
            lines.add(head + (paint.isEmpty() ? "" : PLAIN));
            rest = " ".repeat(hanging) + paint + rest.substring(end).stripLeading();
            from = hanging + paint.length();
        }
        lines.add(rest);
        return lines;
    }

    /** The line as far as it fits; where it is longer, a sign of one column ends it. */
    static String cut(String line, int width, String sign) {
        if (width(line) <= width) {
            return line;
        }
        StringBuilder kept = new StringBuilder();
        Matcher paint = PAINT.matcher(line);
        int column = 0;
        for (int i = 0; column < width - 1; ) {
            int end = i + Character.charCount(line.codePointAt(i));
            if (paint.region(i, line.length()).lookingAt()) {
                end = paint.end();
            } else {
                column++;
            }
            kept.append(line, i, end);
            i = end;
        }
        return kept + (paint(kept.toString()).isEmpty() ? "" : PLAIN) + sign;
    }

    /** The last space within the width, else the first after it; -1 if the text has no space there. */
    private static int end(String text, int from, int width) {
        int last = -1;
        int column = 0;
        Matcher paint = PAINT.matcher(text);
        for (int i = 0; i < text.length(); ) {
            if (paint.region(i, text.length()).lookingAt()) {
                i = paint.end();
                continue;
            }
            if (text.charAt(i) == ' ' && i > from) {
                if (column <= width) {
                    last = i;
                } else {
                    return last < 0 ? i : last;
                }
            } else if (column >= width && last >= 0) {
                return last;
            }
            column++;
            i += Character.charCount(text.codePointAt(i));
        }
        return last;
    }

    /** What is still painted at the end. */
    private static String paint(String text) {
        String open = "";
        Matcher paint = PAINT.matcher(text);
        while (paint.find()) {
            open = paint.group().equals(PLAIN) ? "" : open + paint.group();
        }
        return open;
    }

    /** How many columns it takes. */
    static int width(String text) {
        String bare = PAINT.matcher(text).replaceAll("");
        return bare.codePointCount(0, bare.length());
    }
}
