package io.chartreuse.cli.insight;

import io.chartreuse.core.drift.DriftReport;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person should do next, from how a release stands. */
public final class NextStep {

    private static final String FIX = "Fix what the last run failed on, as its error says";

    private NextStep() {}

    /** One sentence. */
    public static String of(ReleaseStatus status, Instant now) {
        if (status.lock().filter(lease -> isAlive(lease, now)).isPresent()) {
            return "A run holds the lock: wait for it. If its process has died, `chartreuse apply` takes over when the lock"
                    + " lapses.";
        }
        Optional<Run> unfinished = status.lastRun().filter(run -> run.outcome().isUnfinished());
        if (unfinished.isPresent()) {
            return "Run " + unfinished.get().id() + ended(unfinished.get()) + "`chartreuse apply` resumes it"
                    + (any(status, Role.SUSPEND)
                            ? ", and what it left suspended; `chartreuse restore` does only that."
                            : ".");
        }
        if (!status.problems().isEmpty() && any(status, Role.SUSPEND)) {
            return "First resume what was left suspended with `chartreuse restore`: it may be why the rest cannot be read.";
        }
        if (!status.problems().isEmpty()) {
            return unread(status);
        }
        boolean stopped = status.resources().stream().anyMatch(NextStep::isStopped);
        if (isWrong(status)) {
            return toMend(status, stopped);
        }
        if (any(status, Role.MIGRATE) && stopped) {
            return hasFailed(status)
                    ? FIX
                            + "; then run `chartreuse apply`, or bring workloads back as things stand with `chartreuse restore`."
                    : "Run `chartreuse apply`; or bring workloads back as things stand with `chartreuse restore`.";
        }
        if (any(status, Role.MIGRATE)) {
            return hasFailed(status)
                    ? FIX + "; then look at what is pending with `chartreuse plan`, and run `chartreuse apply`."
                    : "Look at what is pending with `chartreuse plan`, then run `chartreuse apply`.";
        }
        if (stopped && hasSucceeded(status)) {
            return "Workloads wait for the deployment that follows. Where none follows, as when Helm's client was killed: `helm"
                    + " rollback`, or bring them back with `chartreuse restore`.";
        }
        if (any(status, Role.QUIESCE)) {
            return "Bring workloads back with `chartreuse restore`.";
        }
        if (any(status, Role.SUSPEND)) {
            return "Resume what was left suspended with `chartreuse restore`.";
        }
        if (!status.resources().stream().allMatch(Resource::ready)) {
            return "Look at the pods of "
                    + status.resources().stream()
                            .filter(resource -> !resource.ready())
                            .map(Resource::address)
                            .map(Address::toString)
                            .collect(Collectors.joining(", "))
                    + ": not all are ready. Nothing is left for Chartreuse to do.";
        }
        return status.drift().filter(DriftReport::hasDrift).isPresent()
                ? "Find out who changed what has drifted: nothing of it came by a run. The next run records it anew."
                : "Nothing to do.";
    }

    /** With strategy {@code before}, what such a run has stopped comes back with the deployment. */
    private static boolean hasSucceeded(ReleaseStatus status) {
        return status.lastRun()
                .filter(run -> run.outcome() == Outcome.SUCCEEDED)
                .isPresent();
    }

    /** Its error may ask for more than another run, as where committed migrations are lost. */
    private static boolean hasFailed(ReleaseStatus status) {
        return status.lastRun().filter(run -> run.outcome() == Outcome.FAILED).isPresent();
    }

    private static String unread(ReleaseStatus status) {
        boolean seen = status.resources().stream().anyMatch(resource -> resource.role() == Role.QUIESCE);
        boolean left = !seen && status.lastRun().filter(NextStep::leftStopped).isPresent();
        return left || status.resources().stream().anyMatch(NextStep::isStopped)
                ? "Workloads are stopped: fix what cannot be read and run `chartreuse apply`; or bring them back as"
                        + " things stand with `chartreuse restore`, which asks no database."
                : "Fix what cannot be read, then look again; `chartreuse doctor` checks all of it.";
    }

    private static boolean leftStopped(Run run) {
        return run.isHolding() || run.recovery().filter(Recovery.FAILED::equals).isPresent();
    }

    /** Whether something is found that keeps any plan from being made. */
    private static boolean isWrong(ReleaseStatus status) {
        return wrong(status).findAny().isPresent();
    }

    private static Stream<Resource> wrong(ReleaseStatus status) {
        return status.resources().stream()
                .filter(resource -> resource.findings().stream().anyMatch(Diagnostic::isError));
    }

    private static String toMend(ReleaseStatus status, boolean stopped) {
        String fix = "fix what is wrong with "
                + wrong(status).map(Resource::address).map(Address::toString).collect(Collectors.joining(", "));
        if (!stopped) {
            return "First " + fix + ": until then no plan is made. `chartreuse plan` says how.";
        }
        boolean restorable = wrong(status).noneMatch(resource -> resource.role() == Role.QUIESCE);
        return "Workloads are stopped: " + fix + " (`chartreuse plan` says how) and run `chartreuse apply`"
                + (restorable ? "; or bring them back as things stand with `chartreuse restore`." : ".");
    }

    private static String ended(Run run) {
        return run.outcome() == Outcome.INTERRUPTED ? " was stopped in order: " : " has died on its way: ";
    }

    private static boolean any(ReleaseStatus status, Role role) {
        return status.resources().stream()
                .anyMatch(resource ->
                        resource.role() == role && !resource.observed().equals(resource.desired()));
    }

    /** Whether the holder renews it, as far as one look can tell. */
    public static boolean isAlive(Lease lease, Instant now) {
        return now.isBefore(lease.expiresAt());
    }

    /** Whether a workload is as maintenance wants it and should not be. */
    public static boolean isStopped(Resource resource) {
        return resource.maintenance().filter(resource.observed()::equals).isPresent()
                && !resource.observed().equals(resource.desired());
    }
}
