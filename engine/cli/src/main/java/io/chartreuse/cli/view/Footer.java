package io.chartreuse.cli.view;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;

/**
 * The last lines of a terminal, drawn again in place: whatever else is written there appears above them. Safe for use by
 * several threads.
 */
final class Footer {

    private final PrintWriter terminal;
    private List<String> lines = List.of();
    private boolean drawn;

    Footer(PrintWriter terminal) {
        this.terminal = Objects.requireNonNull(terminal, "terminal");
    }

    /** Replaces what is shown; each of the lines fits the terminal. An empty list shows nothing. */
    synchronized void show(List<String> newLines) {
        if (drawn && newLines.equals(lines)) {
            return;
        }
        erase();
        lines = List.copyOf(newLines);
        draw();
        terminal.flush();
    }

    /** Writes a text to a stream that the terminal shows, too. While it does not end its line, the footer is away. */
    synchronized void writeAbove(PrintWriter stream, String text) {
        erase();
        if (stream != terminal) {
            terminal.flush();
        }
        stream.write(text);
        stream.flush();
        if (text.endsWith("\n")) {
            draw();
            terminal.flush();
        }
    }

    private void erase() {
        if (drawn) {
            terminal.write("\u001b[" + lines.size() + "A\u001b[J"); // up to the first of them; clear what is below
            drawn = false;
        }
    }

    private void draw() {
        if (!lines.isEmpty()) {
            lines.forEach(line -> terminal.write(line + "\n"));
            drawn = true;
        }
    }
}
