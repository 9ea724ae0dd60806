package io.chartreuse.core.json;

/** Words of a document that nobody has checked, as messages show them: short, on one line, without control characters. */
public final class Shown {

    private static final int LONGEST = 120;

    private Shown() {}

    /** The words in quotation marks. */
    public static String of(String text) {
        return '"' + plain(text) + '"';
    }

    /** The words alone. */
    public static String plain(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return start.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
