package io.chartreuse.cli.report;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run's record says of times: who was at it when, what each stage and step took, and when workloads were down. Pure.
 *
 * @param begin  of the run
 * @param end    of what is shown
 * @param marks  what happened at a point in time
 * @param idle   when no process was at the run, though it had not ended for good
 * @param stages those of which something is on record, in order
 * @param down   when workloads were down, by their addresses
 */
record Timeline(
        Instant begin,
        Instant end,
        List<Mark> marks,
        List<Span> idle,
        List<Band> stages,
        Map<String, List<Span>> down) {

    /** A point in time: what happened, and a word for the style. */
    record Mark(Instant at, String said, String kind) {}

    /** A stage, with the steps that were begun. */
    record Band(String name, Span span, List<Row> rows) {}

    /** A step: one span for each time that it was begun. */
    record Row(String step, String address, String to, List<Span> spans) {

        Span last() {
            return spans.get(spans.size() - 1);
        }
    }

    /**
     * Reads it.
     *
     * @param plan the run's, where it can be read; without it steps are of no stage, and of downtimes nothing is known
     * @param now  until when a run that goes on is shown
     */
    static Timeline of(Run run, Optional<Plan> plan, Instant now) {
        Instant last = run.entries().stream()
                .map(Entry::at)
                .max(Comparator.naturalOrder())
                .orElse(run.startedAt());
        Instant end = run.outcome() == Outcome.RUNNING && now.isAfter(last) ? now : last;
        Map<String, List<Span>> steps = steps(run, end);
        return new Timeline(
                run.startedAt(),
                end,
                marks(run),
                idle(run),
                bands(run, plan, steps),
                plan.map(known -> down(run, known, end)).orElse(Map.of()));
    }

    private static Map<String, List<Span>> steps(Run run, Instant end) {
        Map<String, List<Span>> steps = new LinkedHashMap<>();
        Map<String, Instant> begun = new LinkedHashMap<>();
        String left = run.outcome() == Outcome.RUNNING ? "running" : "unknown";
        for (Entry entry : run.entries()) {
            String step = entry.step().orElse("");
            if (entry.event() == Event.RUN_RESUMED) { // the former process's steps ended with it, at an unknown time
                begun.forEach((id, at) -> add(steps, id, new Span(at, entry.at(), true, "unknown")));
                begun.clear();
            } else if (entry.event() == Event.STEP_BEGUN) {
                begun.put(step, entry.at());
            } else if (entry.event() == Event.STEP_ENDED && begun.containsKey(step)) {
                String kind = entry.outcome().map(StepOutcome::word).orElse("unknown");
                add(steps, step, new Span(begun.remove(step), entry.at(), false, kind));
            }
        }
        begun.forEach((id, at) -> add(steps, id, new Span(at, end, true, left)));
        return steps;
    }

    private static void add(Map<String, List<Span>> spans, String key, Span span) {
        spans.computeIfAbsent(key, any -> new ArrayList<>()).add(span);
    }

    private static List<Mark> marks(Run run) {
        List<Mark> marks = new ArrayList<>();
        for (Entry entry : run.entries()) {
            boolean failed = entry.outcome().filter(StepOutcome.FAILED::equals).isPresent();
            switch (entry.event()) {
                case RUN_BEGUN ->
                    marks.add(new Mark(
                            entry.at(), "begun" + (run.has(Event.RUN_RESUMED) ? " " + entry.message() : ""), "plain"));
                case RUN_RESUMED -> marks.add(new Mark(entry.at(), "resumed " + entry.message(), "interrupted"));
                case STEP_ENDED -> {
                    if (failed) {
                        marks.add(new Mark(
                                entry.at(),
                                entry.address().map(Object::toString).orElse("step") + " failed",
                                "failed"));
                    }
                }
                case RECOVERY_BEGUN -> marks.add(new Mark(entry.at(), "recovery: " + entry.message(), "running"));
                case RECOVERY_ENDED -> marks.add(new Mark(entry.at(), "recovery ended", "running"));
                case RUN_ENDED -> marks.add(new Mark(entry.at(), "ended", "plain"));
                default -> {
                    // on the steps' own rows, or in the record
                }
            }
        }
        return marks;
    }

    private static List<Span> idle(Run run) {
        List<Span> idle = new ArrayList<>();
        Instant before = run.startedAt();
        for (Entry entry : run.entries()) {
            if (entry.event() == Event.RUN_RESUMED) {
                idle.add(new Span(before, entry.at(), false, "idle"));
            }
            before = entry.at();
        }
        return idle;
    }

    private static List<Band> bands(Run run, Optional<Plan> plan, Map<String, List<Span>> steps) {
        Map<String, String> addresses = new LinkedHashMap<>();
        run.entries()
                .forEach(entry -> entry.step()
                        .ifPresent(
                                step -> entry.address().ifPresent(address -> addresses.put(step, address.toString()))));
        Set<String> left = new LinkedHashSet<>(steps.keySet());
        List<Band> bands = new ArrayList<>();
        plan.ifPresent(known -> {
            known.stages().forEach(stage -> band(stage, "", steps, left).ifPresent(bands::add));
            known.recovery()
                    .forEach(stage -> band(stage, "recovery: ", steps, left).ifPresent(bands::add));
        });
        List<Row> others = left.stream()
                .map(step -> new Row(step, addresses.getOrDefault(step, "?"), "", steps.get(step)))
                .toList();
        if (!others.isEmpty()) {
            bands.add(band("steps", others));
        }
        return bands;
    }

    private static Optional<Band> band(Stage stage, String prefix, Map<String, List<Span>> steps, Set<String> left) {
        List<Row> rows = new ArrayList<>();
        for (PlannedStep step : stage.steps()) {
            if (left.remove(step.id())) {
                rows.add(new Row(step.id(), step.address().toString(), step.to().word(), steps.get(step.id())));
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(band(prefix + stage.name().word(), rows));
    }

    private static Band band(String name, List<Row> rows) {
        List<Span> spans = rows.stream().flatMap(row -> row.spans().stream()).toList();
        Instant begin =
                spans.stream().map(Span::begin).min(Comparator.naturalOrder()).orElseThrow();
        Instant end =
                spans.stream().map(Span::end).max(Comparator.naturalOrder()).orElseThrow();
        return new Band(name, new Span(begin, end, spans.stream().anyMatch(Span::open), worst(rows)), rows);
    }

    /** Of how its steps went at last: what deserves attention first. */
    private static String worst(List<Row> rows) {
        return Stream.of("failed", "unknown", "interrupted", "running")
                .filter(kind -> rows.stream().anyMatch(row -> row.last().kind().equals(kind)))
                .findFirst()
                .orElse("succeeded");
    }

    private static Map<String, List<Span>> down(Run run, Plan plan, Instant end) {
        Set<String> stops = steps(plan.stages().stream(), StageName.QUIESCE);
        Set<String> starts = steps(Stream.concat(plan.stages().stream(), plan.recovery().stream()), StageName.RESTORE);
        Map<String, Instant> since = new LinkedHashMap<>();
        Map<String, List<Span>> down = new LinkedHashMap<>();
        for (Entry entry : run.entries()) {
            String address = entry.address().map(Object::toString).orElse("");
            String step = entry.step().orElse("");
            if (entry.event() == Event.STEP_BEGUN && stops.contains(step)) {
                since.putIfAbsent(address, entry.at());
                down.computeIfAbsent(address, any -> new ArrayList<>());
            } else if (since.containsKey(address) && starts.contains(step) && isDone(entry)) {
                add(down, address, new Span(since.remove(address), entry.at(), false, "down"));
            } else if (down.containsKey(address) && starts.contains(step) && isFirstReady(entry)) {
                List<Span> spans = down.get(address);
                spans.set(spans.size() - 1, new Span(spans.get(spans.size() - 1).begin(), entry.at(), false, "down"));
            }
        }
        since.forEach((address, at) -> add(down, address, new Span(at, end, true, "down")));
        return down;
    }

    /** Started is not yet at work: that shows when the first part of it is ready. */
    private static boolean isFirstReady(Entry entry) {
        return entry.standing().filter(ReadinessState.PARTLY_READY::equals).isPresent();
    }

    private static boolean isDone(Entry entry) {
        return entry.event() == Event.STEP_ENDED
                && entry.standing().filter(ReadinessState.STOPPED::equals).isEmpty()
                && entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent();
    }

    private static Set<String> steps(Stream<Stage> stages, StageName name) {
        Set<String> ids = new LinkedHashSet<>();
        stages.filter(stage -> stage.name() == name)
                .flatMap(stage -> stage.steps().stream())
                .forEach(step -> ids.add(step.id()));
        return ids;
    }

    /** The step of that id, where it was begun. */
    Optional<Row> row(String step) {
        return stages.stream()
                .flatMap(band -> band.rows().stream())
                .filter(row -> row.step().equals(step))
                .findFirst();
    }
}
