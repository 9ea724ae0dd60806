package io.chartreuse.cli.view;

import java.util.List;

/** The signs at the beginning of lines. */
public enum StatusSign {
    CHANGE("~", "~", "33"),
    STOP("-", "-", "31"),
    START("+", "+", "32"),
    STOP_AND_START("-/+", "-/+", "33"),
    WAIT("◦", "o", "36"),
    SAME("=", "=", "2"),
    WARNING("!", "!", "33"),
    DONE("✓", "ok", "32"),
    FAILED("✗", "x", "31");

    private final String unicode;
    private final String ascii;
    private final String colour;

    StatusSign(String unicode, String ascii, String colour) {
        this.unicode = unicode;
        this.ascii = ascii;
        this.colour = colour;
    }

    /** What stands for these actions of a change. */
    static StatusSign of(List<String> actions) {
        if (actions.contains("stop")) {
            return actions.contains("start") ? STOP_AND_START : STOP;
        }
        if (actions.contains("suspend")) {
            return actions.contains("resume") ? STOP_AND_START : STOP;
        }
        if (actions.contains("start") || actions.contains("resume")) {
            return START;
        }
        if (actions.contains("wait")) {
            return WAIT;
        }
        return actions.isEmpty() ? SAME : CHANGE;
    }

    String unicode() {
        return unicode;
    }

    String ascii() {
        return ascii;
    }

    String colour() {
        return colour;
    }
}
