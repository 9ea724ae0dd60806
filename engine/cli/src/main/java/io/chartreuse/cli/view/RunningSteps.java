package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Stage;
import io.chartreuse.spi.Address;
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

    private final Stage stage;
    private final Instant begun;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private int ended;
    private int failed;

    RunningSteps(Stage stage, Instant begun) {
        this.stage = Objects.requireNonNull(stage, "stage");
        this.begun = Objects.requireNonNull(begun, "begun");
    }

    String label() {
        return StagesText.label(stage);
    }

    int size() {
        return stage.steps().size();
    }

    Duration age(Instant now) {
        return Duration.between(begun, now);
    }

    synchronized void begin(String step, Address address, String message, Instant now) {
        running.put(step, new Running(address, now, message));
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
