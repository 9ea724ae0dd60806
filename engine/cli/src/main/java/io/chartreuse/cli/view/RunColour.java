package io.chartreuse.cli.view;

import io.chartreuse.core.run.Outcome;

/** How an outcome is coloured. */
final class RunColour {

    private RunColour() {}

    static String of(TextStyle style, Outcome outcome, String text) {
        return switch (outcome) {
            case SUCCEEDED -> style.green(text);
            case FAILED -> style.red(text);
            case RUNNING -> style.cyan(text);
            case INTERRUPTED, SUPERSEDED -> style.yellow(text);
        };
    }
}
