package io.chartreuse.cli.view;

import io.chartreuse.cli.insight.NextStep;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Lease;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a release stands. */
public final class StatusView {

    private final Printer printer;
    private final Look look;
    private final StateText states;
    private final Instant now;

    public StatusView(Printer printer, Instant now) {
        this.printer = printer;
        this.look = printer.look();
        this.states = new StateText(look);
        this.now = now;
    }

    public void print(ReleaseStatus status) {
        printRecords(status.release(), status.lock(), status.lastRun());
        resources("Gates", status, Role.GATE);
        resources("Databases", status, Role.MIGRATE);
        resources("Workloads", status, Role.QUIESCE);
        printer.gap();
        printer.line(look.bold("Next: ") + NextStep.of(status, now));
    }

    /** What the backend knows; all that there is where the world cannot be read. */
    public void printRecords(Release release, Optional<Lease> lock, Optional<Run> lastRun) {
        printer.line(look.bold("Release " + release.name())
                + release.namespace().map(n -> " in namespace " + n).orElse(""));
        printer.lines(Columns.align(List.of(
                List.of("lock", lock.map(this::lock).orElse("free")),
                List.of("last run", lastRun.map(this::run).orElse("none on record")))));
    }

    private String lock(Lease lease) {
        String held = "held by " + lease.holder() + ", since " + lease.acquiredAt();
        return NextStep.isAlive(lease, now)
                ? held + "; alive, renewed " + ago(lease.renewedAt())
                : look.yellow(held + "; lapsed " + ago(lease.expiresAt()));
    }

    private String run(Run run) {
        String outcome = run.outcome().word();
        return run.id() + " " + RunColour.of(look, run.outcome(), outcome)
                + run.recovery()
                        .map(recovery -> ", recovery " + recovery.word())
                        .orElse("")
                + ", " + ago(run.endedAt().orElse(run.startedAt())) + " (plan " + Plan.shortId(run.planId()) + ")";
    }

    private String ago(Instant time) {
        Duration since = Duration.between(time, now);
        return since.toSeconds() < 1 ? "just now" : Elapsed.of(since) + " ago";
    }

    private void resources(String heading, ReleaseStatus status, Role role) {
        List<Resource> resources = status.resources().stream()
                .filter(resource -> resource.role() == role)
                .sorted(Comparator.comparing(Resource::order).reversed().thenComparing(Resource::address))
                .toList();
        if (resources.isEmpty()) {
            return;
        }
        printer.gap();
        printer.line(look.bold(heading));
        printer.lines(Columns.align(resources.stream().map(this::row).toList()));
        resources.forEach(resource -> resource.findings().forEach(this::finding));
    }

    private List<String> row(Resource resource) {
        boolean settled = resource.observed().equals(resource.desired());
        return List.of(
                look.sign(settled ? Sign.DONE : NextStep.isStopped(resource) ? Sign.STOP : Sign.CHANGE),
                resource.address().toString(),
                NextStep.isStopped(resource)
                        ? look.yellow("stopped") + ", " + states.between(resource.observed(), resource.desired())
                        : states.between(resource.observed(), resource.desired()),
                look.dim(resource.reason()));
    }

    private void finding(Diagnostic finding) {
        Sign sign = finding.isError() ? Sign.FAILED : Sign.WARNING;
        printer.line("    " + look.sign(sign) + " " + finding.summary());
    }
}
