package io.chartreuse.cli.view;

/**
 * How text looks on one stream.
 *
 * @param colour  whether it may be coloured
 * @param unicode whether signs may be more than ASCII
 * @param width   how many columns there are; 0: endless
 */
public record TextStyle(boolean colour, boolean unicode, int width) {

    /** Neither colour nor more than ASCII. */
    public static final TextStyle PLAIN = new TextStyle(false, false);

    /** Where lines may be as long as they like. */
    public TextStyle(boolean colour, boolean unicode) {
        this(colour, unicode, 0);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String cyan(String text) {
        return paint("36", text);
    }

    /** Impossible to overlook: white on red where there is colour. */
    public String loud(String text) {
        return paint("1;37;41", text);
    }

    /** The sign, coloured as it deserves. */
    public String sign(StatusSign sign) {
        return paint(sign.colour(), unicode ? sign.unicode() : sign.ascii());
    }

    /** Between a state and the next. */
    public String arrow() {
        return unicode ? "→" : "->";
    }

    /** Between the least and the most. */
    public String to() {
        return unicode ? "–" : "..";
    }

    /** Between things that stand side by side. */
    public String dot() {
        return unicode ? " · " : ", ";
    }

    private String paint(String codes, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
    }
}
