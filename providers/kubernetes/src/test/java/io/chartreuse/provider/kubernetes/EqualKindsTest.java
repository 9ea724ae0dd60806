package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of one name in different API groups are different kinds; versions of one group are one. */
class EqualKindsTest {

    private static final String BOTH = "[{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web},"
            + " {apiVersion: chartreuse.test/v1alpha1, kind: Rollout, name: web}]";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start()
            .withScaleDefinition()
            .withDefinition("rollouts-argoproj.yaml")
            .withDefinition("rollouts-chartreuse.yaml");
    private final Manifests manifests = new Manifests(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void eachHasAnAddressOfItsOwnAndIsStoppedAndStartedAlone() throws InterruptedException {
        manifests.rollout("argoproj.io", "web", 3);
        manifests.rollout("chartreuse.test", "web", 5);
        autoscalerOfTheFirst();
        try (Provider provider = provider(BOTH)) {
            List<Resource> found = provider.refresh();
            assertEquals(
                    List.of("kubernetes.rollout.argoproj.io/web", "kubernetes.rollout.chartreuse.test/web"),
                    found.stream()
                            .map(resource -> resource.address().toString())
                            .toList());
            Resource first = found.get(0);
            Resource second = found.get(1);

            assertEquals(
                    json("{'replicas': 0, 'autoscaler': 'paused'}"), provider.converge(during(first), Progress.NONE));
            assertEquals(5, replicas("chartreuse.test"));
            assertEquals(json("{'replicas': 0}"), provider.converge(during(second), Progress.NONE));

            assertEquals(json("{'replicas': 5}"), provider.converge(after(second), Progress.NONE));
            assertEquals(0, replicas("argoproj.io"));
            assertEquals(first.desired(), provider.converge(after(first), Progress.NONE));
            assertEquals(3, replicas("argoproj.io"));
        }
    }

    @Test
    void aMessageSaysWhichOfThemIsMeant() {
        try (Provider provider = provider(BOTH)) {
            String missing = provider.refresh().get(1).findings().get(0).summary();
            assertTrue(missing.contains("rollout.chartreuse.test \"web\""), missing);
        }
    }

    @Test
    void rulesThatReachOneKindInDifferentWaysAreRefused() {
        for (String other : List.of(
                "{apiVersion: argoproj.io/v1, kind: Rollout, name: api}",
                "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: api, replicasPath: .spec.size}")) {
            ChartreuseException refused = assertThrows(
                    ChartreuseException.class,
                    () -> provider("[{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web}, " + other + "]"));

            assertEquals(
                    KubernetesError.KIND_CONTRADICTORY,
                    refused.diagnostics().get(0).code());
            assertTrue(
                    refused.getMessage()
                            .startsWith("kubernetes.workloads.select[0] and kubernetes.workloads.select[1] speak of"),
                    refused.getMessage());
        }
    }

    private void autoscalerOfTheFirst() {
        cluster.client()
                .resource(cluster.workloads()
                        .autoscalerOf("web", 2, 9)
                        .editSpec()
                        .editScaleTargetRef()
                        .withApiVersion("argoproj.io/v1alpha1")
                        .withKind("Rollout")
                        .endScaleTargetRef()
                        .endSpec()
                        .build())
                .create();
    }

    private int replicas(String group) {
        return manifests.rollout(group, "web").get().<Integer>get("spec", "replicas");
    }

    private Provider provider(String select) {
        ObjectNode section = Sessions.section();
        section.putObject("workloads").set("select", Sessions.yaml(select));
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")), section);
    }
}
