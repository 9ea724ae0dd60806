package io.chartreuse.core.apply;

import io.chartreuse.core.run.StepOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines that a step told of its progress, for the record. Told by the step's threads. */
final class LastLines {

    private static final int KEPT = 20;
    private static final int KEPT_WHERE_ALL_IS_WELL = 5;
    private static final int LONGEST = 500;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (line.equals(lines.peekLast())) {
            return; // a wait says the same again and again
        }
        lines.add(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    /** More of them where something went wrong. */
    synchronized List<String> of(StepOutcome outcome) {
        int kept = outcome == StepOutcome.SUCCEEDED ? KEPT_WHERE_ALL_IS_WELL : KEPT;
        return lines.stream().skip(Math.max(0, lines.size() - kept)).toList();
    }
}
