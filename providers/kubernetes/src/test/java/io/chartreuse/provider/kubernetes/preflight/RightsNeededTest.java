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
        assertTrue(rights.containsAll(
                Right.on("acme.io", "proxies", "get", "list", "patch").toList()));
        assertEquals(
                List.of("horizontalpodautoscalers", "pods", "proxies", "replicasets", "scaledobjects"),
                resources(rights));
    }

    @Test
    void whoStopsCronJobsOnlyLooksAtTheirJobsAndAtNoPods() {
        assertEquals(
                List.of("cronjobs", "horizontalpodautoscalers", "jobs", "scaledobjects"),
                resources(
                        forAnyPlan("{" + NOWHERE + ", \"select\": [{\"kind\": \"CronJob\", \"name\": \"nightly\"}]}")));
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
