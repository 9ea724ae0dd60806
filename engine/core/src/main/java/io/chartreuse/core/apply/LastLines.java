package io.chartreuse.core.apply;

import io.chartreuse.core.run.StepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The last lines that a step reported of its progress, for the record, and those before them that decided how it went on: a
 * lost connection, a primary that was found again. The step's threads add them.
 */
final class LastLines {

    private static final int KEPT = 20;
    private static final int KEPT_WHERE_ALL_IS_WELL = 5;

    /** A step decides a few times; what warns without end must not fill the record. */
    private static final int DECIDING = 40;

    private static final int LONGEST = 500;

    private record Line(String text, boolean deciding) {}

    private final List<Line> lines = new ArrayList<>();

    /** One of many: how far it is. */
    synchronized void add(String line) {
        add(new Line(shortened(line), false));
    }

    /** One that is kept when those around it are not. */
    synchronized void addDeciding(String line) {
        add(new Line(shortened(line), true));
    }

    private void add(Line line) {
        if (!lines.isEmpty() && line.equals(lines.get(lines.size() - 1))) {
            return; // a wait says the same again and again
        }
        lines.add(line);
        if (count(line.deciding()) > (line.deciding() ? DECIDING : KEPT)) {
            removeOldest(line.deciding());
        }
    }

    private static String shortened(String line) {
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private long count(boolean deciding) {
        return lines.stream().filter(line -> line.deciding() == deciding).count();
    }

    private void removeOldest(boolean deciding) {
        int oldest = 0;
        while (lines.get(oldest).deciding() != deciding) {
            oldest++;
        }
        lines.remove(oldest);
    }

    /** In their order. More of them where something went wrong; those that decided in any case. */
    synchronized List<String> of(StepOutcome outcome) {
        int kept = outcome == StepOutcome.SUCCEEDED ? KEPT_WHERE_ALL_IS_WELL : KEPT;
        int first = Math.max(0, lines.size() - kept);
        return IntStream.range(0, lines.size())
                .filter(place -> place >= first || lines.get(place).deciding())
                .mapToObj(place -> lines.get(place).text())
                .toList();
    }
}
