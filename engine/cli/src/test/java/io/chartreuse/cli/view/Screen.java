package io.chartreuse.cli.view;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** What a terminal shows of that which is written to it, as far as it is moved up and cleared. */
final class Screen extends Writer {

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;

    PrintWriter writer() {
        return new PrintWriter(this);
    }

    @Override
    public void write(char[] text, int offset, int length) {
        String left = new String(text, offset, length);
        while (!left.isEmpty()) {
            if (left.startsWith("\u001b[J")) {
                lines.subList(row + 1, lines.size()).clear();
                lines.get(row).setLength(0);
                left = left.substring(3);
            } else if (left.matches("(?s)\u001b\\[[0-9]+A.*")) {
                int end = left.indexOf('A');
                row -= Integer.parseInt(left.substring(2, end));
                left = left.substring(end + 1);
            } else if (left.charAt(0) == '\n') {
                row++;
                if (row == lines.size()) {
                    lines.add(new StringBuilder());
                }
                left = left.substring(1);
            } else {
                lines.get(row).append(left.charAt(0));
                left = left.substring(1);
            }
        }
    }

    /** Its lines, without the one that the cursor waits in. */
    List<String> shown() {
        return lines.stream().limit(row).map(StringBuilder::toString).toList();
    }

    @Override
    public void flush() {
        // shown at once
    }

    @Override
    public void close() {
        // nothing to close
    }
}
