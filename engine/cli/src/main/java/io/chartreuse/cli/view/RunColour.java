package io.chartreuse.cli.view;

import io.chartreuse.core.run.Outcome;

/** How an outcome is coloured. */
final class RunColour {

    private RunColour() {}

    static String of(Look look, Outcome outcome, String text) {
        return switch (outcome) {
            case SUCCEEDED -> look.green(text);
            case FAILED -> look.red(text);
            case RUNNING -> look.cyan(text);
            case INTERRUPTED, SUPERSEDED -> look.yellow(text);
        };
    }
}
