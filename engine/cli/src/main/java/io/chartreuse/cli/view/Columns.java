package io.chartreuse.cli.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Cells in aligned columns. Where they do not fit, the last column is broken within its own room; where there is not
 * enough of that, the cells of a row follow one another, on as many lines as they need.
 */
final class Columns {

    private static final int FURTHER = 6;

    private Columns() {}

    /** One line a row, indented by two, columns two apart; the last column of a row is never padded. */
    static List<String> align(List<List<String>> cells, TextStyle style) {
        return rows(cells, style).stream().flatMap(List::stream).toList();
    }

    /** The same, row by row. */
    static List<List<String>> rows(List<List<String>> cells, TextStyle style) {
        List<List<String>> rows = cells.stream().map(Columns::onOneLine).toList();
        List<Integer> widths = widths(rows);
        List<String> lines = rows.stream().map(row -> line(row, widths)).toList();
        int room = style.width();
        if (room == 0 || lines.stream().allMatch(line -> Wrapped.width(line) <= room)) {
            return lines.stream().map(List::of).toList();
        }
        int last = widths.stream()
                        .limit(widths.size() - 1L)
                        .mapToInt(width -> width + 2)
                        .sum()
                + 2;
        return last <= room / 2
                ? lines.stream().map(line -> Wrapped.of(line, room, last)).toList()
                : rows.stream().map(row -> flow(row, room)).toList();
    }

    /** A cell that breaks the line could pass for a row of its own. */
    private static List<String> onOneLine(List<String> row) {
        return row.stream().map(cell -> cell.replaceAll("\\R", " ")).toList();
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = Wrapped.width(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append("  ").append(row.get(i));
            line.append(" ".repeat(widths.get(i) - Wrapped.width(row.get(i))));
        }
        return line.toString().stripTrailing();
    }

    private static List<String> flow(List<String> row, int room) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String cell : row) {
            if (Wrapped.width(cell) == 0) {
                continue;
            }
            if (!line.isBlank() && Wrapped.width(line) + 2 + Wrapped.width(cell) > room) {
                lines.addAll(Wrapped.of(line, room, FURTHER));
                line = " ".repeat(FURTHER - 2);
            }
            line += "  " + cell;
        }
        lines.addAll(Wrapped.of(line, room, FURTHER));
        return lines;
    }
}
