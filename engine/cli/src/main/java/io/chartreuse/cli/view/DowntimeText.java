package io.chartreuse.cli.view;

import io.chartreuse.core.run.Downtime;
import java.time.Duration;

/** How long a workload was down, for people: as far as it is known. */
final class DowntimeText {

    private DowntimeText() {}

    /** Of one that was started again. */
    static String back(Downtime time) {
        if (time.untilFirstReady().isEmpty()) {
            return "down for " + Elapsed.of(time.total()) + " until it was started";
        }
        Duration first = time.untilFirstReady().orElseThrow();
        String down = "down for " + Elapsed.of(first);
        return time.untilReady()
                .map(all -> all.equals(first)
                        ? down
                        : down + " until its first pod was ready, " + Elapsed.of(all) + " until all were")
                .orElse(down + " until its first pod was ready; not all are");
    }

    /** Of one that was not: since when, and who keeps it so. */
    static String stopped(String since, Downtime time) {
        return since + (time.kept().isEmpty() ? "" : "; " + time.kept());
    }
}
