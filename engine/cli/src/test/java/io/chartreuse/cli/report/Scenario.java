package io.chartreuse.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.approval.Approver;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.Origin;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.RuleVerdict;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run that a page is made of, built step by step. */
final class Scenario {

    private static final Instant BEGIN = Instant.parse("2026-11-22T07:00:00Z");
    private static final String EVIL =
            "<script>alert(1)</script><img src=x onerror=alert(2)>'\"]]>\u202e\u0000 hunter2";

    final String name;
    private Plan plan;
    private Run run;
    private Instant now = BEGIN;
    private Optional<Recovery> recovery = Optional.empty();
    private boolean planKept = true;

    private Scenario(String name, Plan plan, Origin origin, String version) {
        this.name = name;
        this.plan = plan;
        this.run = new Run(
                "20261122t070000z-3fa2c1",
                plan.id(),
                plan.release(),
                version,
                new Actor("ada", "shop-migrate-x7f", 7, origin),
                BEGIN,
                Optional.empty(),
                Outcome.RUNNING,
                Optional.empty(),
                List.of());
        tell(Event.RUN_BEGUN, Optional.empty(), Optional.empty(), "by ada@shop-migrate-x7f (pid 7)", List.of());
    }

    static List<Scenario> all() {
        return List.of(
                succeeded(),
                failed(),
                resumed(),
                goingOn(),
                superseded(),
                hostile(),
                many(200),
                withoutPlan(),
                extremes());
    }

    static Scenario succeeded() {
        Scenario scenario = usual("succeeded");
        scenario.plan.stages().forEach(stage -> stage.steps().forEach(step -> scenario.step(step, 2100)));
        return scenario.ended(Outcome.SUCCEEDED);
    }

    static Scenario failed() {
        Scenario scenario = usual("failed");
        scenario.step(scenario.nth(0), 900);
        scenario.begin(scenario.nth(1)).pass(4000);
        scenario.end(scenario.nth(1), StepOutcome.FAILED, "migration V7 failed: relation is missing");
        scenario.tell(
                Event.RECOVERY_BEGUN, Optional.empty(), Optional.of(StepOutcome.FAILED), "a database moved", List.of());
        scenario.recovery = Optional.of(Recovery.HELD);
        return scenario.ended(Outcome.FAILED);
    }

    static Scenario resumed() {
        Scenario scenario = usual("resumed");
        scenario.step(scenario.nth(0), 900);
        scenario.begin(scenario.nth(1)).pass(4000);
        scenario.pass(Duration.ofHours(30).toMillis());
        scenario.tell(
                Event.RUN_RESUMED, Optional.empty(), Optional.empty(), "by eve@shop-migrate-y8g (pid 9)", List.of());
        scenario.step(scenario.nth(1), 3000);
        scenario.step(scenario.nth(2), 200);
        return scenario.ended(Outcome.SUCCEEDED);
    }

    static Scenario goingOn() {
        Scenario scenario = usual("going-on");
        scenario.step(scenario.nth(0), 900);
        scenario.begin(scenario.nth(1)).pass(4000);
        return scenario;
    }

    static Scenario superseded() {
        Scenario scenario = usual("superseded");
        scenario.begin(scenario.nth(0)).pass(4000);
        scenario.run = scenario.run.ended(scenario.now.plus(Duration.ofDays(9)), Outcome.SUPERSEDED, Optional.empty());
        return scenario;
    }

    static Scenario hostile() {
        TreeMap<String, String> pipeline =
                new TreeMap<>(Map.of("system", "gitlab", "url", "javascript:alert(1)", "actor", EVIL));
        Origin origin = new Origin(Optional.of(EVIL), Optional.of(EVIL), Optional.of(EVIL), pipeline);
        Scenario scenario = new Scenario("hostile", plan(1, EVIL), origin, EVIL);
        scenario.step(scenario.nth(0), 900);
        scenario.begin(scenario.nth(1)).pass(10);
        scenario.end(scenario.nth(1), StepOutcome.FAILED, EVIL);
        return scenario.ended(Outcome.FAILED);
    }

    static Scenario many(int steps) {
        Scenario scenario = new Scenario("many", plan(steps, "add"), Origin.UNKNOWN, "1.0.0");
        List<PlannedStep> all = scenario.plan.stages().get(0).steps();
        all.forEach(scenario::begin);
        all.forEach(step -> scenario.pass(130).end(step, StepOutcome.SUCCEEDED, ""));
        return scenario.ended(Outcome.SUCCEEDED);
    }

    /** Milliseconds beside hours, and what took no time at all. */
    static Scenario extremes() {
        Scenario scenario = usual("extremes");
        scenario.step(scenario.nth(0), 5);
        scenario.step(scenario.nth(1), Duration.ofHours(3).toMillis());
        scenario.step(scenario.nth(2), 0);
        return scenario.ended(Outcome.SUCCEEDED);
    }

    static Scenario withoutPlan() {
        Scenario scenario = usual("without-plan");
        scenario.step(scenario.nth(0), 900);
        scenario.planKept = false;
        return scenario.ended(Outcome.SUCCEEDED);
    }

    private static Scenario usual(String name) {
        return new Scenario(name, plan(1, "index orders"), Origin.UNKNOWN, "1.0.0");
    }

    private static Plan plan(int databases, String description) {
        List<Resource> resources = new ArrayList<>();
        for (int i = 1; i <= databases; i++) {
            String database = databases == 1 ? "main" : "shard-with-a-name-that-is-rather-long-for-a-phone-" + i;
            resources.add(Resource.migrate(
                    new Address("postgres.database", database),
                    state("{'revision': '6'}"),
                    state("{'revision': '7'}"),
                    databases == 1 ? List.of(migration(description)) : List.of(),
                    "1 migration is pending"));
        }
        if (databases == 1) {
            resources.add(Resource.quiesce(
                    new Address("kubernetes.deployment", "web"),
                    10,
                    state("{'replicas': 3}"),
                    state("{'replicas': 3}"),
                    state("{'replicas': 0}"),
                    "priority 10"));
        }
        return Planner.plan(
                new PlanRequest(
                        new Release("shop", Optional.of("shop-prod")),
                        Strategy.AFTER,
                        OnFailure.HOLD,
                        Sha256.of("configuration"),
                        List.of("kubernetes", "postgres"),
                        "1.0.0",
                        BEGIN),
                Differ.diff(resources, Intent.MIGRATE_AND_RESTORE));
    }

    private static Migration migration(String description) {
        return new Migration(
                Optional.of("7"),
                description,
                "V7__index.sql",
                Sha256.of("V7"),
                false,
                Optional.of("-- " + description + "\ncreate index concurrently on orders (id);"));
    }

    private static ObjectNode state(String json) {
        try {
            return (ObjectNode) Json.read(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private PlannedStep nth(int index) {
        return plan.stages().stream()
                .map(Stage::steps)
                .flatMap(List::stream)
                .toList()
                .get(index);
    }

    private Scenario pass(long millis) {
        now = now.plusMillis(millis);
        return this;
    }

    private void step(PlannedStep step, long millis) {
        begin(step).pass(millis).end(step, StepOutcome.SUCCEEDED, "");
    }

    private Scenario begin(PlannedStep step) {
        tell(Event.STEP_BEGUN, Optional.of(step), Optional.empty(), "", List.of());
        return this;
    }

    private void end(PlannedStep step, StepOutcome outcome, String message) {
        tell(Event.STEP_ENDED, Optional.of(step), Optional.of(outcome), message, List.of("migration 1 of 1", message));
    }

    private void tell(
            Event event, Optional<PlannedStep> step, Optional<StepOutcome> outcome, String message, List<String> log) {
        run = run.with(new Entry(
                run.entries().size() + 1,
                now,
                event,
                step.map(PlannedStep::id),
                step.map(PlannedStep::address),
                outcome,
                message,
                log));
    }

    private Scenario ended(Outcome outcome) {
        tell(Event.RUN_ENDED, Optional.empty(), Optional.empty(), "", List.of());
        RuleVerdict verdict =
                new RuleVerdict("window", false, "window.json", Sha256.of("rules"), List.of("outside of it"));
        run = run.ended(now, outcome, recovery)
                .with(new Evidence(
                        Optional.empty(),
                        List.of(),
                        List.of(Sha256.of("key")),
                        Downtime.of(plan, run),
                        List.of(verdict)));
        return this;
    }

    ReportInput input() {
        Approver approver = new Approver(
                Sha256.of("key"),
                name.equals("hostile") ? EVIL : "dba",
                true,
                Optional.of(BEGIN.minusSeconds(60)),
                Optional.of("grace@desk (pid 3)"));
        return new ReportInput(
                new RecordedRun(run.id(), run, Sha256.of("record"), RunDocument.write(run)),
                planKept ? Optional.of(plan) : Optional.empty(),
                run.evidence().approvals().isEmpty() ? List.of() : List.of(approver),
                Optional.empty(),
                name.equals("failed") ? Optional.of("the record of run x is not what it was") : Optional.empty(),
                now.plus(Duration.ofSeconds(2)),
                "1.0.0");
    }
}
