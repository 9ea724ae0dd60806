package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Progress;
import io.chartreuse.spi.Provider;
import io.chartreuse.spi.Resource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workload that cannot be brought back is brought back by the commands that the failure names. */
class HandCommandsTest {

    private static final Pattern COMMAND =
            Pattern.compile("kubectl -n (\\S+) patch (\\S+) (\\S+) --type merge -p '(.*)'");

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.inProcess().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void theCommandsOfAFailedStartFinishIt() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")))) {
            Resource web = only(provider.refresh());
            provider.converge(during(web), Progress.NONE);
            cluster.server()
                    .expect()
                    .patch()
                    .withPath("/apis/apps/v1/namespaces/" + cluster.namespace() + "/deployments/web")
                    .andReturn(403, "")
                    .once();

            ChartreuseException refused =
                    assertThrows(ChartreuseException.class, () -> provider.converge(after(web), Progress.NONE));

            assertEquals(KubernetesError.FORBIDDEN, refused.diagnostics().get(0).code());
            List<MatchResult> commands = COMMAND.matcher(
                            refused.diagnostics().get(0).remedy())
                    .results()
                    .toList();
            assertEquals(
                    List.of("deployments.v1.apps web", "horizontalpodautoscalers.v2.autoscaling web"),
                    commands.stream()
                            .map(command -> command.group(2) + " " + command.group(3))
                            .toList());
            run(commands);
            assertEquals(web.observed(), only(provider.refresh()).observed());
        }
    }

    private void run(List<MatchResult> commands) {
        KubernetesClient client = cluster.client();
        String namespace = commands.get(0).group(1);
        assertEquals(cluster.namespace(), namespace);
        Manifests.patch(
                client.apps().deployments().inNamespace(namespace).withName("web"),
                commands.get(0).group(4));
        Manifests.patch(
                client.autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace(namespace)
                        .withName("web"),
                commands.get(1).group(4));
    }
}
