package io.chartreuse.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cells in aligned columns. What colours a cell takes no room. */
final class Columns {

    private static final Pattern PAINT = Pattern.compile("\u001b\\[[0-9;]*m");

    private Columns() {}

    /** One line a row, indented by two, columns two apart; the last column of a row is never padded. */
    static List<String> align(List<List<String>> cells) {
        List<List<String>> rows = cells.stream().map(Columns::onOneLine).toList();
        List<Integer> widths = widths(rows);
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** A cell that breaks the line could pass for a row of its own. */
    private static List<String> onOneLine(List<String> row) {
        return row.stream().map(cell -> cell.replaceAll("\\R", " ")).toList();
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = width(row.get(i));
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
            line.append(" ".repeat(widths.get(i) - width(row.get(i))));
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        String bare = PAINT.matcher(cell).replaceAll("");
        return bare.codePointCount(0, bare.length());
    }
}
