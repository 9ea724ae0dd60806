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

    private static SortedSet<String> needed(String workloads) {
        JsonNode settings = new ObjectMapper().valueToTree(new Yaml().load(workloads));
        SortedSet<String> rights = NeededRights.records();
        rights.addAll(NeededRights.workloads(settings));
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
        for (String kinds : List.of(
                "[{kind: StatefulSet, name: orders}]",
                "[{kind: Deployment, selector: {matchLabels: {tier: web}}}]",
                "[{kind: CronJob, name: nightly}]",
                "[{kind: ReplicaSet, name: lone}, {kind: CronJob, name: nightly}]",
                "[{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web}]",
                "[{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web},"
                        + " {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: api}]",
                "[{apiVersion: acme.io/v1, kind: Proxy, name: edge}]",
                "[{apiVersion: acme.io/v1, kind: Deployment, name: of-another-group}]")) {
            for (String elsewhere :
                    List.of("annotations: false", "annotations: false, expectedDeploymentScales: false")) {
                String workloads = "{" + elsewhere + ", select: " + kinds + "}";
                assertEquals(needed(workloads), granted(workloads), workloads);
            }
        }
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
