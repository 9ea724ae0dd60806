package io.chartreuse.provider.kubernetes.preflight;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRuleBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantedRulesTest {

    private static final Right PATCH = new Right("apps", "statefulsets", "patch");
    private static final Right SCALE = new Right("apps", "statefulsets/scale", "get");

    private static ResourceRule rule(String group, String resource, String verb) {
        return new ResourceRuleBuilder()
                .withApiGroups("batch", group)
                .withResources("jobs", resource)
                .withVerbs("list", verb)
                .build();
    }

    private static boolean grants(ResourceRule rule, Right right) {
        return new GrantedRules(List.of(rule("", "pods", "watch"), rule)).grant(right);
    }

    @Test
    void aRuleGrantsItsVerbsOnItsResourcesOfItsGroups() {
        assertTrue(grants(rule("apps", "statefulsets", "patch"), PATCH));
        assertFalse(grants(rule("apps", "statefulsets", "get"), PATCH));
        assertFalse(grants(rule("apps", "deployments", "patch"), PATCH));
        assertFalse(grants(rule("", "statefulsets", "patch"), PATCH));
    }

    @Test
    void anAsteriskGrantsAll() {
        assertTrue(grants(rule("*", "*", "*"), PATCH));
        assertTrue(grants(rule("*", "*", "*"), SCALE));
        assertTrue(grants(rule("apps", "*/scale", "get"), SCALE));
    }

    @Test
    void aResourceGrantsNothingOnItsSubresource() {
        assertFalse(grants(rule("apps", "statefulsets", "get"), SCALE));
        assertTrue(grants(rule("apps", "statefulsets/scale", "get"), SCALE));
    }

    @Test
    void aRuleForNamedObjectsGrantsNothingOnOthers() {
        ResourceRule named = rule("apps", "statefulsets", "patch");
        named.setResourceNames(List.of("ledger"));
        assertFalse(grants(named, PATCH));
        assertTrue(grants(named, PATCH.named("ledger")));
        assertFalse(grants(named, PATCH.named("orders")));
        assertTrue(grants(rule("apps", "statefulsets", "patch"), PATCH.named("orders")));
    }
}
