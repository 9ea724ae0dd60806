package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples that are charts, and what Argo CD makes of one. */
class ExampleChartsTest {

    @TempDir
    Path directory;

    private Example umbrella() {
        return new Example("umbrella", directory);
    }

    private Example configMap() {
        return new Example("migrations-from/config-map", directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"umbrella", "migrations-from/config-map"})
    void lintHasNothingToSay(String name) {
        Path chart = new Example(name, directory).chart(directory.resolve("linted"));
        LintResult lint = new Helm(chart).lint().strict().call();
        assertFalse(lint.isFailed(), () -> lint.getMessages().toString());
    }

    @Test
    void theUmbrellaHasTwoOfAllAndTheDatabaseThatBothUse() {
        Manifests manifests = umbrella().asChart();
        assertEquals(
                manifests.names().stream().distinct().toList(), manifests.deployedNames(), "no object is there twice");
        assertTrue(manifests
                .names()
                .containsAll(
                        List.of("Job/shop-orders-db-migrate", "Job/shop-reports-db-migrate", "StatefulSet/shop-pg")));
        for (String one : List.of("shop-orders-db", "shop-reports-db")) {
            JsonNode section =
                    umbrella().configuration(manifests, one).sections().get("kubernetes");
            assertEquals(one, section.at("/workloads/holder").asText());
        }
    }

    @Test
    void eachOfTheUmbrellaMayTouchNothingButDeploymentsAndTheirAutoscalers() {
        JsonNode rules = umbrella().asChart().object("Role/shop-orders-db").path("rules");
        List<String> patched = Example.each(rules.elements()).stream()
                .filter(rule -> rule.path("verbs").toString().contains("patch"))
                .map(rule -> rule.at("/resources/0").asText())
                .toList();
        assertEquals(List.of("deployments", "horizontalpodautoscalers"), patched);
    }

    @Test
    void oneOfTheTwoMayBeLeftOut() {
        Manifests manifests = umbrella().asChart("orders-db: {enabled: false}");
        assertTrue(manifests.names().stream().noneMatch(name -> name.contains("orders-db")));
        assertTrue(manifests.names().contains("Job/shop-reports-db-migrate"));
    }

    @Test
    void theMigrationsOfTheChartAreInTheConfigMapThatIsMounted() {
        Manifests manifests = configMap().asChart();
        JsonNode files = manifests.object("ConfigMap/shop-migrations").path("data");
        assertTrue(files.has("V1__create_orders.sql") && files.has("V2__add_order_state.sql"), files::toString);
        assertEquals(
                "pre-install,pre-upgrade,pre-rollback",
                manifests.annotation("ConfigMap/shop-migrations", "helm.sh/hook"));
        configMap().configuration(manifests, "shop-chartreuse");
    }

    @Test
    void theApplicationOfArgoCdMigratesInTheWavesThatItsPageTells() throws JsonProcessingException {
        Example example = new Example("argo-cd", directory);
        JsonNode helm = example.yaml("application.yaml").at("/spec/source/helm");
        assertEquals("shop", helm.path("releaseName").asText());
        Manifests sync = configMap().asChart(new ObjectMapper().writeValueAsString(helm.path("valuesObject")));
        String migrate = "Job/shop-chartreuse-migrate";
        assertEquals("Sync", sync.annotation(migrate, "argocd.argoproj.io/hook"));
        assertEquals("-50", sync.annotation(migrate, "argocd.argoproj.io/sync-wave"));
        assertEquals("-51", sync.annotation("Role/shop-chartreuse", "argocd.argoproj.io/sync-wave"));
        assertEquals("PostSync", sync.annotation("Job/shop-chartreuse-restore", "argocd.argoproj.io/hook"));
        assertEquals("", sync.annotation("Deployment/web", "argocd.argoproj.io/sync-wave"));
        String page = example.text("README.md");
        assertTrue(page.contains("| -51 |") && page.contains("| -50, hook `Sync` |"));
    }

    /**
     * Argo CD begins a wave when all objects of the wave before are healthy: a hook that waits for a later wave waits
     * for ever.
     */
    @Test
    void withArgoCdTheUmbrellasDatabaseIsThereBeforeTheMigrationsThatWaitForIt() {
        Manifests sync =
                umbrella().asChart("orders-db: {deploymentMethod: argocd}", "reports-db: {deploymentMethod: argocd}");
        int first = sync.objects().stream()
                .filter(object -> object.at("/metadata/annotations/argocd.argoproj.io~1hook")
                        .asText()
                        .equals("Sync"))
                .mapToInt(object -> wave(sync, Manifests.name(object)))
                .min()
                .orElseThrow();
        for (String part : List.of("StatefulSet/shop-pg", "Service/shop-pg", "ConfigMap/shop-pg-init")) {
            assertTrue(wave(sync, part) < first - 1, part);
        }
        assertTrue(wave(sync, "Deployment/web") > first);
    }

    private static int wave(Manifests sync, String name) {
        String wave = sync.annotation(name, "argocd.argoproj.io/sync-wave");
        return wave.isEmpty() ? 0 : Integer.parseInt(wave);
    }

    @Test
    void theReleaseOfFluxMigratesByHelmsHooksAndItsDriftDetectionLeavesStoppedWorkloadsAlone()
            throws JsonProcessingException {
        JsonNode spec = new Example("flux", directory).yaml("helmrelease.yaml").path("spec");
        Manifests install = configMap().asChart(new ObjectMapper().writeValueAsString(spec.path("values")));
        assertEquals("pre-rollback", install.annotation("Job/shop-chartreuse-rollback", "helm.sh/hook"));
        assertEquals("rollback", spec.at("/upgrade/remediation/strategy").asText());
        List<String> ignored = Example.each(spec.at("/driftDetection/ignore").elements()).stream()
                .map(rule ->
                        rule.at("/target/kind").asText() + rule.at("/paths/0").asText())
                .toList();
        assertTrue(ignored.containsAll(
                List.of("Deployment/spec/replicas", "CronJob/spec/suspend", "HorizontalPodAutoscaler/spec/behavior")));
    }
}
