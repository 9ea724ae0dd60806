package io.chartreuse.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a point in time stands, in per cent of the width. Time runs evenly, but a long time in which no process was at
 * the run (it had died, or was interrupted, and was resumed later) takes a narrow gap. Pure.
 */
final class Axis {

    /** What is shorter is widened to this, so that it can be seen. */
    static final double NARROWEST = 0.5;

    private static final double WHOLE = 100;
    private static final double GAP = 4;
    private static final int TICKS = 5;
    private static final long[] STEPS = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        14_400_000,
        21_600_000,
        43_200_000,
        86_400_000
    };

    /** One piece in which time runs evenly. */
    private record Piece(Instant from, Instant to, double left, double right) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final List<Double> gaps = new ArrayList<>();

    private Axis() {}

    /**
     * An axis.
     *
     * @param idle times in which no process was at the run, in order
     */
    static Axis of(Instant begin, Instant end, List<Span> idle) {
        Axis axis = new Axis();
        Duration all = Duration.between(begin, end);
        List<Span> cut = idle.stream()
                .filter(span -> span.took().multipliedBy(4).compareTo(all) > 0)
                .toList();
        long active = Math.max(
                1,
                all.toMillis()
                        - cut.stream().mapToLong(span -> span.took().toMillis()).sum());
        double perMilli = (WHOLE - GAP * cut.size()) / active;
        Instant from = begin;
        double left = 0;
        for (Span gap : cut) {
            double right = left + Duration.between(from, gap.begin()).toMillis() * perMilli;
            axis.pieces.add(new Piece(from, gap.begin(), left, right));
            axis.pieces.add(new Piece(gap.begin(), gap.end(), right, right + GAP));
            axis.gaps.add(right + GAP / 2);
            from = gap.end();
            left = right + GAP;
        }
        axis.pieces.add(new Piece(from, end, left, WHOLE));
        return axis;
    }

    /** From 0 to 100; what lies outside stands at the edge. */
    double at(Instant time) {
        for (Piece piece : pieces) {
            if (time.isBefore(piece.to())) {
                return between(piece, time);
            }
        }
        return WHOLE;
    }

    private static double between(Piece piece, Instant time) {
        double all = Math.max(1, Duration.between(piece.from(), piece.to()).toMillis());
        double part = Math.max(0, Duration.between(piece.from(), time).toMillis());
        return piece.left() + (piece.right() - piece.left()) * part / all;
    }

    /** Where a span begins; so far from the end that it can be seen. */
    double left(Span span) {
        return Math.min(at(span.begin()), WHOLE - NARROWEST);
    }

    /** How wide it is, at least what can be seen, and never beyond the end. */
    double width(Span span) {
        double left = left(span);
        return Math.min(Math.max(NARROWEST, at(span.end()) - left), WHOLE - left);
    }

    /** The middles of the gaps. */
    List<Double> gaps() {
        return List.copyOf(gaps);
    }

    /** Round times since the beginning, a handful of them; only both ends where time does not run evenly. */
    List<Duration> ticks() {
        if (!gaps.isEmpty()) {
            Piece last = pieces.get(pieces.size() - 1);
            return List.of(Duration.ZERO, Duration.between(pieces.get(0).from(), last.to()));
        }
        long all = Duration.between(pieces.get(0).from(), pieces.get(0).to()).toMillis();
        long step = STEPS[0];
        for (int i = 0; i < STEPS.length && all / step > TICKS; i++) {
            step = STEPS[i];
        }
        while (all / step > TICKS) {
            step *= 2;
        }
        List<Duration> ticks = new ArrayList<>();
        for (long at = 0; at <= all; at += step) {
            ticks.add(Duration.ofMillis(at));
        }
        return ticks;
    }

    /** As an attribute of a shape. */
    static String percent(double value) {
        return String.format(Locale.ROOT, "%.3f%%", value);
    }
}
