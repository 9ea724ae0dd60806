package io.chartreuse.cli.report;

import io.chartreuse.cli.view.SummaryText;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Origin;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who did what, when, with what; and what went wrong. */
final class FactsSection {

    private final Html html;
    private final ReportInput input;
    private final Run run;
    private final Timeline timeline;

    FactsSection(Html html, ReportInput input, Timeline timeline) {
        this.html = html;
        this.input = input;
        this.run = input.run();
        this.timeline = timeline;
    }

    void write() {
        problems();
        html.element("h2", "Summary").open("dl");
        plan();
        times();
        actor(run.actor());
        pipeline(run.actor().origin().pipeline());
        downtimes();
        html.closeLine();
    }

    private void problems() {
        List<Entry> failed = run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .filter(entry ->
                        entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isEmpty())
                .toList();
        String end = run.entries().stream()
                .filter(entry -> entry.event() == Event.RUN_ENDED)
                .map(Entry::message)
                .reduce("", (before, last) -> last);
        List<Entry> recoveries = run.entries().stream()
                .filter(entry -> entry.event() == Event.RECOVERY_BEGUN)
                .toList();
        if (failed.isEmpty() && end.isEmpty() && recoveries.isEmpty()) {
            return;
        }
        String kind = failed.stream().anyMatch(entry -> entry.outcome().equals(Optional.of(StepOutcome.FAILED)))
                        || end.isEmpty()
                ? "box"
                : "box interrupted";
        html.open("div", "class", kind, "role", "note");
        failed.forEach(this::problem);
        if (failed.isEmpty() && !end.isEmpty()) { // else it says the same again
            html.element("p", end);
        }
        recoveries.forEach(entry -> html.element("p", "Recovery: " + entry.message()));
        html.closeLine();
    }

    private void problem(Entry entry) {
        String about = entry.address().map(Object::toString).orElse("step") + " "
                + entry.outcome().map(StepOutcome::word).orElse("ended") + ": ";
        html.open("p").element("strong", about).text(entry.message()).close();
    }

    private void fact(String name, String value) {
        html.element("dt", name).element("dd", value);
    }

    private void code(String name, String value) {
        html.element("dt", name).open("dd").element("code", value).close();
    }

    private void plan() {
        code("Plan", run.planId());
        Optional<Plan> plan = input.plan();
        if (plan.isEmpty()) {
            fact("", "The plan is not on record, or is not what was executed: what it held is missing below.");
        }
        plan.ifPresent(known -> {
            fact("What it does", SummaryText.of(known).replaceFirst("^Plan: ", ""));
            fact("Planned", Times.of(known.createdAt()) + " by Chartreuse " + known.chartreuseVersion());
            fact(
                    "Strategy",
                    known.strategy().word() + "; on failure "
                            + known.onFailure().word());
        });
    }

    private void times() {
        fact("Began", Times.of(run.startedAt()));
        fact("Ended", run.endedAt().map(Times::of).orElse("not yet"));
        fact(
                "Took",
                run.endedAt()
                        .map(end -> Lengths.of(Duration.between(run.startedAt(), end)))
                        .orElseGet(() -> Lengths.of(Duration.between(run.startedAt(), timeline.end())) + " so far"));
    }

    private void actor(Actor actor) {
        fact("Executed by", actor.toString());
        Origin origin = actor.origin();
        origin.account().ifPresent(account -> code("Cluster account", account));
        origin.pod().ifPresent(pod -> code("Pod", pod));
        origin.image().ifPresent(image -> code("Image", image));
        fact("Chartreuse", run.chartreuseVersion());
    }

    private void pipeline(Map<String, String> pipeline) {
        if (pipeline.isEmpty()) {
            return;
        }
        html.element("dt", "Pipeline").open("dd");
        PipelineLink.of(pipeline)
                .ifPresent(url -> html.element("a", url, "href", url, "rel", "noreferrer noopener")
                        .empty("br"));
        html.text("system ").element("code", pipeline.getOrDefault("system", "unknown"));
        pipeline.forEach((what, value) -> {
            if (!what.equals("system")) {
                html.text(" · " + what + " ").element("code", value);
            }
        });
        html.close();
    }

    private void downtimes() {
        List<Downtime> downtimes = run.evidence().downtimes();
        if (downtimes.isEmpty()) {
            return;
        }
        Duration longest = downtimes.stream()
                .map(time -> time.untilReady().or(time::untilFirstReady).orElse(time.total()))
                .max(Duration::compareTo)
                .orElseThrow();
        long away = downtimes.stream().filter(time -> time.since().isPresent()).count();
        fact(
                "Downtime",
                downtimes.size() + (downtimes.size() == 1 ? " workload" : " workloads") + " stopped"
                        + (away < downtimes.size() ? ", at most " + Lengths.of(longest) : "")
                        + (away > 0 ? "; " + away + " not brought back by this run" : ""));
    }
}
