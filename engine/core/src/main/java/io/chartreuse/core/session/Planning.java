package io.chartreuse.core.session;

import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.drift.Drift;
import io.chartreuse.core.drift.DriftFindings;
import io.chartreuse.core.drift.MissingRecord;
import io.chartreuse.core.drift.UnrecordedRuns;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanBasis;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.ClusterIdentity;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.ProviderFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the world as the providers read it to a plan. */
final class Planning {

    private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

    private final Configuration configuration;
    private final SessionContext sessionContext;
    private final Providers providers;
    private final Backend backend;
    private final Review review;

    Planning(
            Configuration configuration,
            SessionContext sessionContext,
            Providers providers,
            Backend backend,
            Review review) {
        this.configuration = configuration;
        this.sessionContext = sessionContext;
        this.providers = providers;
        this.backend = backend;
        this.review = review;
    }

    Plan plan(boolean install) {
        List<String> names = providers.names();
        LastState last = LastState.reading(backend.state(), release());
        List<Inspection> found = providers.inspect(names, last::isThere);
        List<Resource> resources = Inspection.resources(found);
        tellGaps(found);
        Optional<State> recorded = last.get();
        List<Resource> compared = recorded.map(state -> review.withLoosened(withDrift(resources, state, found), state))
                .orElse(resources);
        return plan(intent(install), names, MissingRecord.warned(compared, recorded));
    }

    /** The runs on record are read only where something differs. */
    private List<Resource> withDrift(List<Resource> resources, State state, List<Inspection> found) {
        SortedMap<String, String> sections = configuration.sectionDigests();
        if (Drift.since(state, sections, UnrecordedRuns.NONE, found).isEmpty()) {
            return resources;
        }
        try {
            AuditTrail audit = new AuditTrail(backend, release());
            UnrecordedRuns unrecorded = UnrecordedRuns.since(state, audit.runs(), run -> planOf(run, audit));
            return DriftFindings.on(resources, state, unrecorded, Drift.since(state, sections, unrecorded, found));
        } catch (ChartreuseException unreadable) {
            LOG.warn("drift is not shown, as the record of earlier runs cannot be read: {}", unreadable.getMessage());
            return resources;
        }
    }

    private static Optional<Plan> planOf(Run run, AuditTrail audit) {
        try {
            return Optional.of(audit.plan(run.planId()));
        } catch (ChartreuseException unreadable) {
            return Optional.empty();
        }
    }

    private Intent intent(boolean install) {
        boolean deploymentFollows = configuration.strategy() == Strategy.BEFORE && !install;
        return deploymentFollows ? Intent.MIGRATE : Intent.MIGRATE_AND_RESTORE;
    }

    private static void tellGaps(List<Inspection> found) {
        found.stream()
                .flatMap(inspection -> inspection.gaps().stream())
                .forEach(gap -> LOG.warn("drift is shown in part only: {}", gap.summary()));
    }

    private Release release() {
        return new Release(configuration.release(), configuration.namespace());
    }

    /** From a record, as far as the world need not be reached. */
    Plan plan(State state, PlanBasis.Kind kind, boolean install) {
        RecordedWorld world = new RecordedWorld(providers, configuration.sectionDigests(), Set.copyOf(maintainers()));
        List<Resource> resources = review.withLoosened(world.resources(state, kind), state);
        return plan(intent(install), providers.names(), resources, Optional.of(world.basis(state, kind)));
    }

    Plan planRestore() {
        List<String> names = maintainers();
        return plan(
                Intent.RESTORE,
                names,
                providers.refresh(names).stream().map(Planning::tolerated).toList());
    }

    /** Those whose resources may have been left in maintenance. */
    private List<String> maintainers() {
        Map<String, ProviderFactory> factories = sessionContext.registry().providers();
        return providers.names().stream()
                .filter(name -> factories.get(name).roles().contains(Role.QUIESCE)
                        || factories.get(name).roles().contains(Role.SUSPEND))
                .toList();
    }

    private Plan plan(Intent intent, List<String> names, List<Resource> resources) {
        return plan(intent, names, resources, Optional.empty());
    }

    private Plan plan(Intent intent, List<String> names, List<Resource> resources, Optional<PlanBasis> basis) {
        refuseErrors(resources);
        PlanRedactor redactor = new PlanRedactor(sessionContext.redactor());
        List<Change> changes =
                Differ.diff(resources, intent).stream().map(redactor::about).toList();
        Plan plan = Planner.plan(
                new PlanRequest(
                        release(),
                        configuration.strategy(),
                        configuration.onFailure(),
                        configuration.digest(),
                        configuration.settings(),
                        names,
                        Version.current(),
                        sessionContext.clock().instant(),
                        basis,
                        identity(changes, basis)),
                changes);
        review.made(plan, resources);
        return plan;
    }

    /**
     * The cluster's identity. Not asked for a plan that does nothing, since it can do no harm in another cluster, or
     * for a plan made from a file, since that makes no connection.
     */
    private SortedMap<String, String> identity(List<Change> changes, Optional<PlanBasis> basis) {
        boolean asked = changes.stream().anyMatch(change -> !change.unchanged())
                && basis.filter(known -> known.kind() == PlanBasis.Kind.FILE).isEmpty();
        return new TreeMap<>(asked && backend instanceof ClusterIdentity able ? able.anchor() : Map.of());
    }

    /** A problem with a gate or a safeguard must not keep workloads from being brought back: it becomes a warning. */
    private static Resource tolerated(Resource resource) {
        return resource.role() == Role.QUIESCE
                ? resource
                : resource.withFindings(resource.findings().stream()
                        .map(finding -> Diagnostic.warning(finding.code(), finding.summary(), finding.remedy())
                                .about(resource.address()))
                        .toList());
    }

    /** All findings are shown, so that warnings which explain an error come with it. */
    private static void refuseErrors(List<Resource> resources) {
        List<Diagnostic> findings = new ArrayList<>();
        for (Resource resource : resources) {
            resource.findings()
                    .forEach(finding ->
                            findings.add(finding.address().isPresent() ? finding : finding.about(resource.address())));
        }
        if (findings.stream().anyMatch(Diagnostic::isError)) {
            throw new ChartreuseException(findings);
        }
    }
}
