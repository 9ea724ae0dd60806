package io.chartreuse.cli.view;

import io.chartreuse.cli.insight.CurrentStep;
import io.chartreuse.cli.insight.NextStep;
import io.chartreuse.cli.insight.StopRecord;
import io.chartreuse.cli.insight.UnfinishedDatabase;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How a release stands. */
public final class StatusView {

    private final Printer printer;
    private final TextStyle style;
    private final StateText states;
    private final Instant now;

    public StatusView(Printer printer, Instant now) {
        this.printer = printer;
        this.style = printer.style();
        this.states = new StateText(style);
        this.now = now;
    }

    public void print(ReleaseStatus status) {
        records(status);
        unfinished(status);
        stopped(status);
        resources("Gates", status, Role.GATE);
        resources("Safeguards", status, Role.SUSPEND);
        resources("Databases", status, Role.MIGRATE);
        resources("Workloads", status, Role.QUIESCE);
        status.drift()
                .ifPresent(drift -> new DriftView(printer, now).print(drift, status.isDriftKnown(), status.errors()));
        printer.gap();
        printer.line(style.bold("Next: ") + NextStep.of(status, now));
    }

    private void records(ReleaseStatus status) {
        Release release = status.release();
        printer.line(style.bold("Release " + release.name())
                + release.namespace().map(n -> " in namespace " + n).orElse(""));
        String none = status.recorded() ? "none on record" : "unknown";
        String free = status.recorded() ? "free" : "unknown";
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("lock", status.lock().map(this::lock).orElse(free)));
        rows.add(List.of("last run", status.lastRun().map(this::run).orElse(none)));
        status.lastRun()
                .map(CurrentStep::of)
                .orElse(List.of())
                .forEach(step -> rows.add(List.of("at step", step(step))));
        printer.lines(Columns.align(rows, style));
    }

    private String step(CurrentStep step) {
        return step.step() + ": " + step.address() + ", begun " + ago(step.since());
    }

    private void unfinished(ReleaseStatus status) {
        List<UnfinishedDatabase> left = UnfinishedDatabase.of(status);
        if (!left.isEmpty()) {
            printer.gap();
            printer.line(style.bold("Left by the last run"));
            printer.lines(Columns.align(
                    left.stream()
                            .map(one -> List.of(one.address().toString(), style.red(one.outcome()), one.message()))
                            .toList(),
                    style));
        }
    }

    /** What people miss first. */
    private void stopped(ReleaseStatus status) {
        List<Resource> stopped = status.resources().stream()
                .filter(resource -> resource.role() == Role.QUIESCE)
                .filter(NextStep::isStopped)
                .toList();
        if (stopped.isEmpty()) {
            return;
        }
        boolean held = status.lastRun()
                .flatMap(Run::recovery)
                .filter(Recovery.HELD::equals)
                .isPresent();
        printer.gap();
        printer.line(style.loud(Count.of(stopped.size(), "workload") + (held ? " held in maintenance" : " stopped")));
        printer.lines(Columns.align(
                stopped.stream().map(workload -> stopped(workload, status)).toList(), style));
    }

    private List<String> stopped(Resource workload, ReleaseStatus status) {
        return List.of(
                workload.address().toString(),
                StopRecord.of(workload, status)
                        .map(stop ->
                                "by run " + stop.runId() + ", since " + stop.since() + " (" + ago(stop.since()) + ")")
                        .orElse(workload.reason()));
    }

    private String lock(Lease lease) {
        String held = "held by " + lease.holder() + ", since " + lease.acquiredAt();
        return NextStep.isAlive(lease, now)
                ? held + "; renewed " + ago(lease.renewedAt()) + ", lapses in "
                        + Elapsed.of(Duration.between(now, lease.expiresAt())) + " unless it is renewed again"
                : style.yellow(held + "; lapsed " + ago(lease.expiresAt()));
    }

    private String run(Run run) {
        String outcome = run.outcome().word();
        return run.id() + " " + RunColour.of(style, run.outcome(), outcome)
                + run.recovery()
                        .map(recovery -> ", recovery " + recovery.word()
                                + (isPutBack(run, recovery) ? " (put back by others)" : ""))
                        .orElse("")
                + ", " + ago(run.endedAt().orElse(run.startedAt())) + " (plan " + Plan.shortId(run.planId()) + ")";
    }

    private static boolean isPutBack(Run run, Recovery recovery) {
        return recovery == Recovery.HELD && !run.isHolding();
    }

    private String ago(Instant time) {
        Duration since = Duration.between(time, now);
        return since.toSeconds() < 1 ? "just now" : Elapsed.of(since) + " ago";
    }

    private void resources(String heading, ReleaseStatus status, Role role) {
        List<Resource> resources = status.resources().stream()
                .filter(resource -> resource.role() == role)
                .sorted(inOrderOfWork(role).thenComparing(Resource::address))
                .toList();
        if (resources.isEmpty()) {
            return;
        }
        printer.gap();
        printer.line(style.bold(heading));
        printer.lines(Columns.align(resources.stream().map(this::row).toList(), style));
        resources.forEach(resource -> resource.findings().forEach(this::finding));
    }

    private static Comparator<Resource> inOrderOfWork(Role role) {
        Comparator<Resource> order = Comparator.comparing(Resource::order);
        return role == Role.MIGRATE ? order : order.reversed();
    }

    private List<String> row(Resource resource) {
        return List.of(
                style.sign(sign(resource)),
                resource.address().toString(),
                NextStep.isStopped(resource)
                        ? style.yellow("stopped") + ", " + states.between(resource.observed(), resource.desired())
                        : states.between(resource.observed(), resource.desired()),
                style.dim(resource.reason()));
    }

    private static StatusSign sign(Resource resource) {
        if (resource.findings().stream().anyMatch(Diagnostic::isError)) {
            return StatusSign.FAILED;
        }
        boolean settled = resource.observed().equals(resource.desired());
        if (settled) {
            return resource.ready() ? StatusSign.DONE : StatusSign.WARNING;
        }
        return NextStep.isStopped(resource) ? StatusSign.STOP : StatusSign.CHANGE;
    }

    private void finding(Diagnostic finding) {
        StatusSign sign = finding.isError() ? StatusSign.FAILED : StatusSign.WARNING;
        printer.line("    " + style.sign(sign) + " " + finding.summary());
    }
}
