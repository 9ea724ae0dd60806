package io.chartreuse.cli.view;

import io.chartreuse.spi.model.Diagnostic;
import java.util.List;

/** What a pull request shows where no plan could be made: why, and what to do. */
public final class MarkdownProblems {

    private static final int ROOM = 50_000;

    private MarkdownProblems() {}

    /** Nothing but text, whatever the problems hold, and never too long for a comment. */
    public static String of(List<Diagnostic> diagnostics) {
        return "## No Chartreuse plan could be made\n\n" + MarkdownList.ofProblems(diagnostics, ROOM);
    }
}
