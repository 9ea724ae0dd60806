package io.chartreuse.provider.kubernetes.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleRulesTest {

    private static String yaml(List<Stream<Right>> rights) {
        return RoleRules.yaml(rights.stream().flatMap(some -> some).toList());
    }

    @Test
    void verbsOfAResourceAndResourcesOfTheSameVerbsAreMerged() {
        assertEquals(
                """
                - apiGroups: [""]
                  resources: [pods]
                  verbs: [list, watch]
                - apiGroups: [apps]
                  resources: [deployments, statefulsets]
                  verbs: [get, patch]
                - apiGroups: [apps]
                  resources: [replicasets]
                  verbs: [list]""",
                yaml(List.of(
                        Right.on("apps", "statefulsets", "patch", "get"),
                        Right.on("", "pods", "watch", "list"),
                        Right.on("apps", "deployments", "get", "patch"),
                        Right.on("apps", "replicasets", "list", "list"))));
    }

    @Test
    void objectsThatAreNamedAreARuleOfTheirOwn() {
        assertEquals(
                """
                - apiGroups: [apps]
                  resources: [statefulsets]
                  verbs: [list]
                - apiGroups: [apps]
                  resources: [statefulsets]
                  resourceNames: [ledger, orders]
                  verbs: [get, patch]""",
                yaml(List.of(
                        Right.on("apps", "statefulsets", "list"),
                        Right.on("apps", "statefulsets", "get", "patch").map(right -> right.named("orders")),
                        Right.on("apps", "statefulsets", "patch", "get").map(right -> right.named("ledger")))));
    }

    @Test
    void aSubresourceIsAResourceOfItsOwn() {
        Right scale = new Right("apps", "deployments/scale", "patch");
        assertEquals("""
                - apiGroups: [apps]
                  resources: [deployments/scale]
                  verbs: [patch]""", RoleRules.yaml(List.of(scale)));
        assertEquals("deployments scale", scale.plural() + " " + scale.subresource());
    }
}
