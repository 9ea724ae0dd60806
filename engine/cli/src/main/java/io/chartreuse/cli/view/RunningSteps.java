package io.chartreuse.cli.view;

import io.chartreuse.spi.model.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How far the stage is that runs now, and what each of its steps does. Safe for use by several threads. */
final class RunningSteps {

    /** One that has not ended. */
    record Running(Address address, Instant since, String message) {

        Duration age(Instant now) {
            return Duration.between(since, now);
        }
    }

    private final String label;
    private final int planned;
    private final Instant begun;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private int ended;
    private int failed;

    /** @param size how many steps it has */
    RunningSteps(String label, int size, Instant begun) {
        this.label = Objects.requireNonNull(label, "label");
        this.planned = size;
        this.begun = Objects.requireNonNull(begun, "begun");
    }

    /** One whose steps are known when they begin, all of them at the same time. */
    RunningSteps(String label, Instant begun) {
        this(label, 0, begun);
    }

    String label() {
        return label;
    }

    synchronized int size() {
        return Math.max(planned, running.size() + ended);
    }

    Duration age(Instant now) {
        return Duration.between(begun, now);
    }

    synchronized void begin(String step, Address address, String message, Instant now) {
        running.merge(
                step, new Running(address, now, message), (was, again) -> new Running(address, was.since(), message));
    }

    synchronized void progress(String step, String message) {
        running.computeIfPresent(step, (any, was) -> new Running(was.address(), was.since(), message));
    }

    /** Returns whether all of the stage's steps have ended. */
    synchronized boolean end(String step, boolean succeeded) {
        running.remove(step);
        ended++;
        failed += succeeded ? 0 : 1;
        return ended == size();
    }

    synchronized int ended() {
        return ended;
    }

    synchronized int failed() {
        return failed;
    }

    /** Those that have not ended, the one that takes longest first. */
    synchronized List<Running> slowest() {
        List<Running> steps = new ArrayList<>(running.values());
        steps.sort(Comparator.comparing(Running::since));
        return steps;
    }
}
