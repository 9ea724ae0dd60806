package io.chartreuse.core.json;

/** Text from an unchecked document, as messages show it: short, on one line, without control characters. */
public final class SafeText {

    private static final int LONGEST = 120;

    private SafeText() {}

    /** The words in quotation marks. */
    public static String of(String text) {
        return '"' + plain(text) + '"';
    }

    /** The words alone. */
    public static String plain(String text) {
        return onOneLine(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }

    /** The words alone, however many there are. */
    public static String onOneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
