package io.chartreuse.cli.view;

import io.chartreuse.core.run.Downtime;
import java.time.temporal.ChronoUnit;

/** How long a workload was down, for people: as far as it is known. */
final class DowntimeText {

    private DowntimeText() {}

    /** Of one that was started again. */
    static String back(Downtime time) {
        return length(time)
                + time.earlier()
                        .map(stop -> " (stopped by run " + stop.run() + " at "
                                + stop.at().truncatedTo(ChronoUnit.SECONDS) + ")")
                        .orElse("");
    }

    private static String length(Downtime time) {
        if (time.putBack()) {
            return "stopped for " + Elapsed.of(time.total()) + " in all, and put back by others meanwhile";
        }
        if (time.untilFirstReady().isEmpty()) {
            return "down for " + Elapsed.of(time.total()) + " until it was started";
        }
        String first = Elapsed.of(time.untilFirstReady().orElseThrow());
        if (time.untilReady().isEmpty()) {
            return "down for " + first + " until its first pod was ready; not all are";
        }
        String all = Elapsed.of(time.untilReady().orElseThrow());
        return "down for " + first
                + (all.equals(first) ? "" : " until its first pod was ready, " + all + " until all were");
    }

    /** Of one that was not: since when, and who keeps it so. */
    static String stopped(String since, Downtime time) {
        return since
                + time.earlier()
                        .map(stop -> " (stopped by run " + stop.run() + ")")
                        .orElse("")
                + (time.kept().isEmpty() ? "" : "; " + time.kept());
    }
}
