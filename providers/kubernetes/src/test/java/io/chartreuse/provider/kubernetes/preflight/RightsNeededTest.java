package io.chartreuse.provider.kubernetes.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.workload.SelectionSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RightsNeededTest {

    private static final String NOWHERE = "\"annotations\": false, \"expectedDeploymentScales\": false";

    private static Set<Right> forAnyPlan(String workloads) {
        try {
            SelectionSettings selection = SelectionSettings.of(new ObjectMapper().readTree(workloads), "shop");
            return RightsNeeded.forAnyPlan(selection, selection.usualKinds());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> resources(Set<Right> rights) {
        return rights.stream().map(Right::resource).distinct().sorted().collect(Collectors.toList());
    }

    @Test
    void kindsThatTheConfigurationListsNeedRightsAsOthersDo() {
        Set<Right> rights = forAnyPlan("{" + NOWHERE + ", \"select\": [{\"apiVersion\": \"acme.io/v1\","
                + " \"kind\": \"Proxy\", \"name\": \"edge\"}]}");
        assertTrue(rights.contains(new Right("acme.io", "proxies", "list")));
        assertTrue(rights.containsAll(List.of(
                new Right("acme.io", "proxies", "get", "edge"), new Right("acme.io", "proxies", "patch", "edge"))));
        assertFalse(rights.contains(new Right("acme.io", "proxies", "patch")), "of the others nothing is changed");
        assertEquals(
                List.of("horizontalpodautoscalers", "pods", "proxies", "replicasets", "scaledobjects"),
                resources(rights));
    }

    @Test
    void whoStopsCronJobsOnlyLooksAtTheirJobsAndAtNoPods() {
        assertEquals(
                List.of("cronjobs", "jobs"),
                resources(
                        forAnyPlan("{" + NOWHERE + ", \"select\": [{\"kind\": \"CronJob\", \"name\": \"nightly\"}]}")));
    }

    @Test
    void whereLabelsOrTheWorkloadsThemselvesSayWhatIsStoppedNoNameIsKnown() {
        String named = "{\"kind\": \"Deployment\", \"name\": \"web\"}";
        for (String workloads : List.of(
                "{\"annotations\": false, \"select\": [" + named + "]}",
                "{\"expectedDeploymentScales\": false, \"select\": [" + named + "]}",
                "{" + NOWHERE + ", \"select\": [" + named
                        + ", {\"kind\": \"Deployment\", \"selector\": {\"matchLabels\": {\"a\": \"b\"}}}]}")) {
            Set<Right> rights = forAnyPlan(workloads);
            assertTrue(rights.contains(new Right("apps", "deployments", "patch")), workloads);
            assertFalse(rights.contains(new Right("apps", "deployments", "patch", "web")), workloads);
        }
    }

    @Test
    void autoscalersThatAreNotPausedNeedNoRights() {
        assertFalse(resources(forAnyPlan("{\"autoscalers\": [\"HorizontalPodAutoscaler\"]}"))
                .contains("scaledobjects"));
        assertFalse(resources(forAnyPlan("{\"autoscalers\": []}")).contains("horizontalpodautoscalers"));
        assertTrue(resources(forAnyPlan("{}")).containsAll(List.of("horizontalpodautoscalers", "scaledobjects")));
    }

    @Test
    void theLockNeedsOneLeaseAndTheRightToMakeAny() {
        Set<Right> rights = RightsNeeded.forRecords("chartreuse-shop");
        assertTrue(rights.contains(new Right("coordination.k8s.io", "leases", "create")));
        assertTrue(rights.contains(new Right("coordination.k8s.io", "leases", "update", "chartreuse-shop")));
        assertFalse(rights.contains(new Right("coordination.k8s.io", "leases", "delete")));
    }

    @Test
    void whereNothingIsLookedForNothingIsNeeded() {
        assertEquals(Set.of(), forAnyPlan("{" + NOWHERE + "}"));
    }

    @Test
    void anApiThatAClusterNeedNotHaveIsTold() {
        assertTrue(RightsNeeded.isOptional(new Right("keda.sh", "scaledobjects", "list")));
        assertTrue(RightsNeeded.isOptional(new Right("wiremind.io", "expecteddeploymentscales", "list")));
        assertFalse(RightsNeeded.isOptional(new Right("apps", "deployments", "list")));
    }
}
