package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.preflight.NeededRights;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The Role has exactly the verbs that the provider needs with the same configuration. */
class RoleTest {

    @TempDir
    Path directory;

    private SortedSet<String> granted(String workloads) {
        return granted(Rendering.installWithAllApis(
                directory, Values.SHOP, "config: {kubernetes: {workloads: " + workloads + "}}"));
    }

    private static SortedSet<String> granted(Manifests manifests) {
        return granted(manifests, "Role/shop-chartreuse");
    }

    private static SortedSet<String> granted(Manifests manifests, String role) {
        SortedSet<String> rights = new TreeSet<>();
        for (JsonNode rule : manifests.object(role).path("rules")) {
            rule.path("apiGroups")
                    .forEach(group -> rule.path("resources")
                            .forEach(resource -> objects(group.asText() + "/" + resource.asText(), rule)
                                    .forEach(object -> rule.path("verbs")
                                            .forEach(verb -> rights.add(object + " " + verb.asText())))));
        }
        return rights;
    }

    /** The resource, or each object of it that the rule names. */
    private static List<String> objects(String resource, JsonNode rule) {
        return rule.has("resourceNames")
                ? StreamSupport.stream(rule.path("resourceNames").spliterator(), false)
                        .map(name -> resource + "/" + name.asText())
                        .toList()
                : List.of(resource);
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
    void autoscalersThatAreNotPausedAreNotGranted() {
        for (String workloads : List.of(
                "{autoscalers: [HorizontalPodAutoscaler]}",
                "{autoscalers: [ScaledObject], annotations: false}",
                "{autoscalers: []}")) {
            assertEquals(needed(workloads), granted(workloads), workloads);
        }
    }

    @Test
    void whatTheClusterDoesNotHaveIsNotGranted() {
        SortedSet<String> plain = granted(Rendering.install(directory, Values.SHOP));
        assertTrue(
                plain.stream().noneMatch(right -> right.startsWith("keda.sh") || right.startsWith("argoproj.io")),
                plain.toString());
        assertTrue(granted(Rendering.install(
                        directory, Values.SHOP, "config: {kubernetes: {workloads: {autoscalers: [ScaledObject]}}}"))
                .contains("keda.sh/scaledobjects patch"));
    }

    @Test
    void whoOnlyLooksMayWriteNothing() {
        Manifests upgrade = Rendering.upgrade(
                directory,
                Values.SHOP,
                "strategy: before",
                "rbac: {extraRules: [{apiGroups: [acme.io], resources: [oxen], verbs: [get, patch]}]}");
        SortedSet<String> looks = granted(upgrade, "Role/shop-chartreuse-check");
        looks.remove("authorization.k8s.io/localsubjectaccessreviews create");
        assertTrue(
                looks.stream().allMatch(right -> right.endsWith(" get") || right.endsWith(" list")), looks.toString());
        assertTrue(looks.contains("acme.io/oxen get"));
        assertTrue(granted(upgrade).contains("acme.io/oxen patch"));
        for (String job : List.of("Job/shop-chartreuse-doctor", "Job/shop-chartreuse-rollback")) {
            assertEquals("shop-chartreuse-check", account(upgrade, job));
        }
        assertEquals("shop-chartreuse-restore", account(upgrade, "Job/shop-chartreuse-restore"));
        assertEquals("shop-chartreuse", account(upgrade, "Job/shop-chartreuse-migrate"));
    }

    private static String account(Manifests manifests, String job) {
        return manifests
                .object(job)
                .at("/spec/template/spec/serviceAccountName")
                .asText();
    }

    @Test
    void whereNothingIsStoppedOnlyRecordsAreKept() {
        assertEquals(
                NeededRights.records(),
                granted(Rendering.install(directory, Values.SHOP, "config: {kubernetes: null}")));
    }

    /** Helm creates the hook's Role first, and replaces it when it deploys. */
    @Test
    void theHookAheadOfAnUpgradeHasTheAccountOfTheRelease() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, "strategy: before");
        for (String kind : List.of("Role", "RoleBinding", "ServiceAccount")) {
            List<JsonNode> twins = upgrade.objects().stream()
                    .filter(object -> Manifests.name(object).equals(kind + "/shop-chartreuse"))
                    .toList();
            assertEquals(2, twins.size());
            assertEquals(twins.get(0).path("rules"), twins.get(1).path("rules"));
            assertEquals(twins.get(0).path("subjects"), twins.get(1).path("subjects"));
            assertTrue(twins.get(0).at("/metadata/annotations/helm.sh~1hook").isMissingNode());
            JsonNode hook = twins.get(1).at("/metadata/annotations");
            assertEquals("pre-upgrade", hook.path("helm.sh/hook").asText());
            assertEquals("shop", hook.path("meta.helm.sh/release-name").asText());
            assertEquals(
                    "shop-prod", hook.path("meta.helm.sh/release-namespace").asText());
        }
    }
}
