package io.chartreuse.core.session;

import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.Anchored;
import io.chartreuse.spi.Backend;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.ProviderFactory;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** From the world as the providers read it to a plan. */
final class Planning {

    private final Configuration configuration;
    private final Surroundings surroundings;
    private final Providers providers;
    private final Backend backend;

    Planning(Configuration configuration, Surroundings surroundings, Providers providers, Backend backend) {
        this.configuration = configuration;
        this.surroundings = surroundings;
        this.providers = providers;
        this.backend = backend;
    }

    Plan plan(boolean install) {
        boolean deploymentFollows = configuration.strategy() == Strategy.BEFORE && !install;
        List<String> names = providers.names();
        return plan(deploymentFollows ? Intent.MIGRATE : Intent.MIGRATE_AND_RESTORE, names, providers.refresh(names));
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
        refuseErrors(resources);
        Discretion discretion = new Discretion(surroundings.redactor());
        List<Change> changes =
                Differ.diff(resources, intent).stream().map(discretion::about).toList();
        return Planner.plan(
                new PlanRequest(
                        new Release(configuration.release(), configuration.namespace()),
                        configuration.strategy(),
                        configuration.onFailure(),
                        configuration.digest(),
                        names,
                        Version.current(),
                        surroundings.clock().instant(),
                        identity(changes)),
                changes);
    }

    /** A plan that does nothing can be misapplied nowhere: nobody is asked. */
    private SortedMap<String, String> identity(List<Change> changes) {
        boolean empty = changes.stream().allMatch(Change::unchanged);
        return new TreeMap<>(!empty && backend instanceof Anchored able ? able.anchor() : Map.of());
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
