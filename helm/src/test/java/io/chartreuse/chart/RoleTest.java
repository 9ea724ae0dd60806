package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.preflight.NeededRights;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The Role has the verbs that the provider says it needs with the same configuration, and no others. */
class RoleTest {

    /** Asked for by each refresh of workloads, whether or not KEDA is there; the provider's own list leaves it out. */
    private static final List<String> KEDA =
            List.of("keda.sh/scaledobjects get", "keda.sh/scaledobjects list", "keda.sh/scaledobjects patch");

    @TempDir
    Path directory;

    private SortedSet<String> granted(String workloads) {
        return granted(
                Rendering.install(directory, Values.SHOP, "config: {kubernetes: {workloads: " + workloads + "}}"));
    }

    private static SortedSet<String> granted(Manifests manifests) {
        SortedSet<String> rights = new TreeSet<>();
        for (JsonNode rule : manifests.object("Role/shop-chartreuse").path("rules")) {
            rule.path("apiGroups")
                    .forEach(group -> rule.path("resources")
                            .forEach(resource -> rule.path("verbs")
                                    .forEach(verb -> rights.add(
                                            group.asText() + "/" + resource.asText() + " " + verb.asText()))));
        }
        return rights;
    }

    private static SortedSet<String> needed(String workloads, String... more) {
        JsonNode settings = new ObjectMapper().valueToTree(new Yaml().load(workloads));
        SortedSet<String> rights = NeededRights.records();
        rights.addAll(NeededRights.workloads(settings));
        rights.addAll(KEDA);
        rights.addAll(List.of(more));
        return rights;
    }

    @Test
    void theRoleIsWhatTheProviderNeeds() {
        for (String workloads : List.of(
                "{}",
                "{annotations: false}",
                "{expectedDeploymentScales: false}",
                "{expectedDeploymentScales: false, annotations: false}")) {
            assertEquals(needed(workloads), granted(workloads), workloads);
        }
    }

    @Test
    void kindsThatTheConfigurationListsAreGranted() {
        String workloads =
                "{annotations: false, select: [{kind: StatefulSet, name: orders}, {kind: CronJob, name: nightly},"
                        + " {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web},"
                        + " {apiVersion: acme.io/v1, kind: Proxy, name: edge}]}";
        assertEquals(
                needed(
                        workloads,
                        "apps/statefulsets get",
                        "apps/statefulsets list",
                        "apps/statefulsets patch",
                        "batch/cronjobs get",
                        "batch/cronjobs list",
                        "batch/cronjobs patch",
                        "batch/jobs list",
                        "batch/jobs watch",
                        "argoproj.io/rollouts get",
                        "argoproj.io/rollouts list",
                        "argoproj.io/rollouts patch",
                        "acme.io/proxies get",
                        "acme.io/proxies list",
                        "acme.io/proxies patch"),
                granted(workloads));
    }

    @Test
    void whereNothingIsStoppedOnlyRecordsAreKept() {
        assertEquals(
                NeededRights.records(),
                granted(Rendering.install(directory, Values.SHOP, "config: {kubernetes: null}")));
    }

    @Test
    void theHookAheadOfAnUpgradeHasTheSameRights() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, "strategy: before");
        assertEquals(
                upgrade.object("Role/shop-chartreuse").path("rules"),
                upgrade.object("Role/shop-chartreuse-hook").path("rules"));
        assertEquals(
                "shop-chartreuse-hook",
                upgrade.object("RoleBinding/shop-chartreuse-hook")
                        .at("/subjects/0/name")
                        .asText());
    }
}
