package io.chartreuse.core.diff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.JsonDiff;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares the observed with the desired state. A release whose databases are up to date never stops anything;
 * workloads that were left in maintenance are brought back in any case.
 */
public final class Differ {

    private static final String WAIT = "wait";
    private static final String STOP = "stop";
    private static final String START = "start";
    private static final String UPDATE = "update";
    private static final String MIGRATE = "migrate";
    private static final String SUSPEND = "suspend";
    private static final String RESUME = "resume";

    private final Intent intent;
    private final boolean migrating;

    private Differ(Intent intent, boolean migrating) {
        this.intent = intent;
        this.migrating = migrating;
    }

    /** One change a resource, sorted by address, with the actions that the intent calls for. */
    public static List<Change> diff(List<Resource> resources, Intent intent) {
        boolean migrating = intent != Intent.RESTORE && resources.stream().anyMatch(Differ::mustMigrate);
        Differ differ = new Differ(intent, migrating);
        return resources.stream()
                .sorted(Comparator.comparing(Resource::address))
                .map(differ::change)
                .toList();
    }

    private static boolean mustMigrate(Resource resource) {
        return resource.role() == Role.MIGRATE && !resource.observed().equals(resource.desired());
    }

    private Change change(Resource resource) {
        List<String> actions = actions(resource);
        boolean touched = !actions.isEmpty();
        ObjectNode after = touched ? resource.desired() : resource.observed();
        return new Change(
                resource.address(),
                resource.role(),
                resource.order(),
                actions,
                resource.reason(),
                resource.observed(),
                actions.contains(STOP) || actions.contains(SUSPEND) ? resource.maintenance() : Optional.empty(),
                after,
                JsonDiff.between(resource.observed(), after),
                touched ? resource.migrations() : List.of(),
                resource.identity(),
                resource.fingerprint(),
                resource.findings().stream()
                        .filter(f -> !f.isError())
                        .map(f -> about(f, resource))
                        .toList());
    }

    private static Diagnostic about(Diagnostic finding, Resource resource) {
        return finding.address().isPresent() ? finding : finding.about(resource.address());
    }

    private List<String> actions(Resource resource) {
        return switch (resource.role()) {
            case GATE -> migrating ? List.of(WAIT) : List.of();
            case MIGRATE -> migrating && mustMigrate(resource) ? List.of(MIGRATE) : List.of();
            case QUIESCE -> migrating ? maintenance(resource) : healing(resource);
            case SUSPEND -> migrating ? suspension(resource) : resumption(resource);
        };
    }

    /** A workload that is, and is to be, as maintenance wants it (at zero on purpose) is left alone. */
    private List<String> maintenance(Resource resource) {
        ObjectNode maintenance = resource.maintenance().orElseThrow();
        boolean comesBack = !resource.desired().equals(maintenance);
        if (!comesBack && resource.observed().equals(maintenance)) {
            return List.of();
        }
        List<String> actions = new ArrayList<>(List.of(STOP));
        if (comesBack && intent != Intent.MIGRATE) {
            actions.add(START);
        }
        return actions;
    }

    /** It comes back with this plan, whether a deployment follows or not: that would not bring it. */
    private static List<String> suspension(Resource resource) {
        ObjectNode suspended = resource.maintenance().orElseThrow();
        if (resource.desired().equals(suspended)) {
            return resource.observed().equals(suspended) ? List.of() : List.of(SUSPEND);
        }
        return List.of(SUSPEND, RESUME);
    }

    private static List<String> resumption(Resource resource) {
        return resource.observed().equals(resource.desired()) ? List.of() : List.of(RESUME);
    }

    private static List<String> healing(Resource resource) {
        if (resource.observed().equals(resource.desired())) {
            return List.of();
        }
        return List.of(resource.observed().equals(resource.maintenance().orElseThrow()) ? START : UPDATE);
    }
}
