package io.chartreuse.cli.document;

import io.chartreuse.cli.insight.NextStep;
import io.chartreuse.core.drift.DriftKind;
import io.chartreuse.core.drift.DriftReport;
import io.chartreuse.core.drift.DriftedPart;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a release stands as metrics, in a stable order. What cannot be read has no samples, and {@code chartreuse_up} is 0. */
public final class StatusMetrics {

    private final ReleaseStatus status;
    private final MetricsText text;

    private StatusMetrics(ReleaseStatus status) {
        this.status = status;
        this.text = new MetricsText(labels(status));
    }

    /** All of it. */
    public static String of(ReleaseStatus status, Instant now) {
        StatusMetrics metrics = new StatusMetrics(status);
        metrics.text.gauge(
                "chartreuse_up",
                "Whether all of the release could be read.",
                MetricsText.flag(status.problems().isEmpty()));
        if (status.recorded()) {
            metrics.text.gauge(
                    "chartreuse_lock_held",
                    "Whether a run is under way: a living process holds the lock.",
                    MetricsText.flag(status.lock()
                            .filter(lease -> NextStep.isAlive(lease, now))
                            .isPresent()));
        }
        status.lastRun().ifPresent(metrics::lastRun);
        status.drift().ifPresent(metrics::drift);
        metrics.errors();
        metrics.pendingMigrations();
        metrics.stoppedWorkloads();
        return metrics.text.toString();
    }

    private static SortedMap<String, String> labels(ReleaseStatus status) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("release", status.release().name());
        status.release().namespace().ifPresent(namespace -> labels.put("release_namespace", namespace));
        return labels;
    }

    private void lastRun(Run run) {
        text.gauge(
                "chartreuse_last_run_success",
                "Whether the newest run succeeded; 0 while it goes on, too.",
                MetricsText.flag(run.outcome() == Outcome.SUCCEEDED));
        text.gauge(
                "chartreuse_last_run_timestamp_seconds",
                "When the newest run ended, or began where it has not ended.",
                MetricsText.seconds(run.endedAt().orElse(run.startedAt())));
    }

    private void drift(DriftReport drift) {
        text.gauge(
                "chartreuse_drift_known",
                "Whether drift is known: there is a record to compare with, no run is under way, all could be read, nothing"
                        + " is wrong, and all runs have recorded what they left.",
                MetricsText.flag(drift.since().isPresent() && !drift.running() && status.isDriftKnown()));
        drift.since()
                .ifPresent(state -> text.gauge(
                        "chartreuse_state_timestamp_seconds",
                        "When the state was recorded that drift is compared with.",
                        MetricsText.seconds(state.recordedAt())));
        Map<Address, List<DriftedPart>> found = drift.found().stream()
                .filter(one -> one.kind() != DriftKind.UNKNOWN)
                .collect(Collectors.groupingBy(DriftedPart::address, TreeMap::new, Collectors.toList()));
        text.gauge(
                "chartreuse_drifted_resources",
                "How many resources have moved without a run.",
                BigDecimal.valueOf(found.size()));
        if (!found.isEmpty()) {
            text.gauge("chartreuse_drift", "How many things of a resource have moved without a run, by kind.");
            found.forEach(this::drifted);
        }
    }

    private void drifted(Address address, List<DriftedPart> drift) {
        drift.stream()
                .collect(Collectors.groupingBy(one -> one.kind().word(), TreeMap::new, Collectors.counting()))
                .forEach((kind, count) -> text.sample(
                        "chartreuse_drift",
                        new TreeMap<>(Map.of("resource", address.toString(), "kind", kind)),
                        BigDecimal.valueOf(count)));
    }

    private void errors() {
        List<Resource> wrong = status.resources().stream()
                .filter(resource -> errors(resource) > 0)
                .toList();
        if (!wrong.isEmpty()) {
            text.gauge("chartreuse_errors", "How much is wrong with a resource, so that no plan can be made.");
            wrong.forEach(resource -> text.sample(
                    "chartreuse_errors",
                    new TreeMap<>(Map.of("resource", resource.address().toString())),
                    BigDecimal.valueOf(errors(resource))));
        }
    }

    private static long errors(Resource resource) {
        return resource.findings().stream().filter(Diagnostic::isError).count();
    }

    private void pendingMigrations() {
        samples(
                "chartreuse_pending_migrations",
                "How many migrations of a database are pending.",
                Role.MIGRATE,
                resource -> BigDecimal.valueOf(
                        Migration.pending(resource.migrations()).size()));
    }

    private void stoppedWorkloads() {
        samples(
                "chartreuse_workload_stopped",
                "Whether a workload is in maintenance and should not be.",
                Role.QUIESCE,
                resource -> MetricsText.flag(NextStep.isStopped(resource)));
    }

    private void samples(String name, String help, Role role, Function<Resource, BigDecimal> value) {
        List<Resource> resources = status.resources().stream()
                .filter(resource -> resource.role() == role)
                .toList();
        if (resources.isEmpty()) {
            return;
        }
        text.gauge(name, help);
        resources.forEach(resource -> text.sample(
                name, new TreeMap<>(Map.of("resource", resource.address().toString())), value.apply(resource)));
    }
}
