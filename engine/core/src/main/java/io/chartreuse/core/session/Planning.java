package io.chartreuse.core.session;

import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.drift.Drift;
import io.chartreuse.core.drift.DriftFindings;
import io.chartreuse.core.plan.Basis;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.ProviderFactory;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Role;
import io.chartreuse.spi.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the world as the providers read it to a plan. */
final class Planning {

    private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

    private final Configuration configuration;
    private final Surroundings surroundings;
    private final Providers providers;
    private final StateStore states;

    Planning(Configuration configuration, Surroundings surroundings, Providers providers, StateStore states) {
        this.configuration = configuration;
        this.surroundings = surroundings;
        this.providers = providers;
        this.states = states;
    }

    Plan plan(boolean install) {
        List<String> names = providers.names();
        LastState last = LastState.reading(states, release());
        List<Inspection> found = providers.inspect(names, last::isThere);
        List<Resource> resources = Inspection.resources(found);
        tellGaps(found);
        return plan(
                intent(install),
                names,
                last.get()
                        .map(state -> DriftFindings.on(
                                resources, state, Drift.since(state, configuration.sectionDigests(), found)))
                        .orElse(resources));
    }

    private Intent intent(boolean install) {
        boolean deploymentFollows = configuration.strategy() == Strategy.BEFORE && !install;
        return deploymentFollows ? Intent.MIGRATE : Intent.MIGRATE_AND_RESTORE;
    }

    private static void tellGaps(List<Inspection> found) {
        found.stream()
                .flatMap(inspection -> inspection.gaps().stream())
                .forEach(gap -> LOG.warn("drift is told in part only: {}", gap.summary()));
    }

    private Release release() {
        return new Release(configuration.release(), configuration.namespace());
    }

    /** From a record, as far as the world need not be reached. */
    Plan plan(State state, Basis.Kind kind, boolean install) {
        RecordedWorld world = new RecordedWorld(providers, configuration.sectionDigests(), Set.copyOf(maintainers()));
        List<Resource> resources = world.resources(state, kind);
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
        Map<String, ProviderFactory> factories = surroundings.registry().providers();
        return providers.names().stream()
                .filter(name -> factories.get(name).roles().contains(Role.QUIESCE)
                        || factories.get(name).roles().contains(Role.SUSPEND))
                .toList();
    }

    private Plan plan(Intent intent, List<String> names, List<Resource> resources) {
        return plan(intent, names, resources, Optional.empty());
    }

    private Plan plan(Intent intent, List<String> names, List<Resource> resources, Optional<Basis> basis) {
        refuseErrors(resources);
        return Planner.plan(
                new PlanRequest(
                        release(),
                        configuration.strategy(),
                        configuration.onFailure(),
                        configuration.digest(),
                        names,
                        Version.current(),
                        surroundings.clock().instant(),
                        basis),
                Differ.diff(resources, intent));
    }

    /** What is wrong with a gate or a safeguard keeps no workload from coming back; it is told. */
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
