package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters: [{name: here, cluster: {server: "https://127.0.0.1:%d"}}]
            users: [{name: me, user: {token: very-secret-token}}]
            contexts: [{name: one, context: {cluster: here, user: me}}, {name: two, context: {cluster: gone, user: me}}]
            current-context: one
            """;

    @TempDir
    Path directory;

    @Test
    void aKubeconfigThatIsMissingIsNamed() {
        Diagnostic problem = refused(Sessions.section().put("kubeconfig", "nowhere/config"), Map.of());

        assertEquals(KubernetesError.KUBECONFIG_MISSING, problem.code());
        assertTrue(
                problem.summary().contains(directory.resolve("nowhere/config").toString()), problem.summary());
    }

    @Test
    void aKubeconfigOfTheEnvironmentThatIsMissingIsNamed() {
        Diagnostic problem = refused(Sessions.section(), Map.of("KUBECONFIG", "/nowhere/config"));

        assertEquals(KubernetesError.KUBECONFIG_MISSING, problem.code());
        assertTrue(problem.summary().contains("/nowhere/config"), problem.summary());
    }

    @Test
    void anUnknownContextIsRefusedWithThoseThatExist() throws IOException {
        Diagnostic problem = refused(configured(1).put("context", "three"), Map.of());

        assertEquals(KubernetesError.CONTEXT_UNKNOWN, problem.code());
        assertTrue(problem.summary().contains("\"three\""), problem.summary());
        assertTrue(problem.remedy().endsWith("one, two"), problem.remedy());
    }

    @Test
    void aContextWhoseClusterIsMissingIsRefused() throws IOException {
        Diagnostic problem = refused(configured(1).put("context", "two"), Map.of());

        assertEquals(KubernetesError.KUBECONFIG_INVALID, problem.code());
        assertTrue(problem.summary().contains("\"gone\""), problem.summary());
    }

    @Test
    void whatIsNotAKubeconfigIsRefusedWithoutQuotingIt() throws IOException {
        for (String text : List.of("token: [very-secret", "just text: very-secret", "", "- very-secret")) {
            Path file = Files.writeString(directory.resolve("kubeconfig"), text);
            Diagnostic problem = refused(Sessions.section().put("kubeconfig", file.toString()), Map.of());

            assertEquals(KubernetesError.KUBECONFIG_INVALID, problem.code());
            assertFalse(problem.summary().contains("very-secret"), problem.summary());
        }
    }

    @Test
    void withoutKubeconfigAndOutsideOfAPodThereIsNoCluster() {
        assertEquals(
                KubernetesError.NO_CLUSTER,
                refused(Sessions.section(), Map.of()).code());
    }

    @Test
    void theFirstOfSeveralFilesThatHasTheContextCounts() throws IOException {
        Path file = Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG.formatted(closedPort()));
        Map<String, String> environment = Map.of("KUBECONFIG", "/nowhere/config:" + file);

        assertEquals(
                KubernetesError.UNREACHABLE,
                refused(Sessions.section().put("context", "one"), environment).code());
    }

    @Test
    void aServerThatRefusesConnectionsIsNamedSoon() throws IOException {
        int port = closedPort();
        ObjectNode section = configured(port);

        Diagnostic problem = assertTimeout(Duration.ofSeconds(30), () -> refused(section, Map.of()));

        assertEquals(KubernetesError.UNREACHABLE, problem.code());
        assertTrue(problem.summary().startsWith("cannot reach https://127.0.0.1:" + port), problem.summary());
        assertFalse(problem.toString().contains("very-secret"), problem.toString());
    }

    @Test
    void aServerThatSaysNothingIsGivenUpAfterTheRetryBudget() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ObjectNode section = configured(silent.getLocalPort())
                    .put("requestTimeout", "500ms")
                    .put("retryBudget", "1s");

            Diagnostic problem = assertTimeout(Duration.ofSeconds(30), () -> refused(section, Map.of()));

            assertEquals(KubernetesError.UNREACHABLE, problem.code());
            assertTrue(problem.summary().endsWith("no answer in time"), problem.summary());
        }
    }

    @Test
    void aClusterThatDoesNotKnowTheTypeHasNoWorkloads() {
        try (ClusterFixture cluster = ClusterFixture.inProcess();
                Provider provider = Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")))) {
            cluster.server()
                    .expect()
                    .get()
                    .withPath(scalesOf(cluster))
                    .andReturn(404, "404 page not found")
                    .once();

            assertEquals(List.of(), provider.refresh());
        }
    }

    @Test
    void missingRightsAreNamedWithTheRuleThatGrantsThem() {
        try (ClusterFixture cluster = ClusterFixture.start().withScaleDefinition()) {
            if (!cluster.isReal()) {
                cluster.server()
                        .expect()
                        .get()
                        .withPath(scalesOf(cluster))
                        .andReturn(403, "")
                        .once();
            }
            Path kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"), "nobody");

            Diagnostic problem = refused(Sessions.section().put("kubeconfig", kubeconfig.toString()), Map.of());

            if (cluster.isReal()) {
                assertEquals(KubernetesError.RIGHTS_MISSING, problem.code());
                assertTrue(problem.remedy().contains("""
                                - apiGroups: [wiremind.io]
                                  resources: [expecteddeploymentscales]
                                  verbs: [list]"""), problem.remedy());
            } else { // the error says nothing about the account's rights
                assertEquals(KubernetesError.FORBIDDEN, problem.code());
                assertTrue(
                        problem.remedy()
                                .contains("{apiGroups: [\"wiremind.io\"], resources: [\"expecteddeploymentscales\"],"
                                        + " verbs: [\"list\"]}"),
                        problem.remedy());
            }
        }
    }

    @Test
    void aTokenThatTheServerDoesNotKnowIsRefusedAsSuch() throws IOException {
        try (ClusterFixture cluster = ClusterFixture.start()) {
            assumeTrue(cluster.isReal(), "the server of this process knows no users");
            Path kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
            Files.writeString(
                    kubeconfig,
                    Files.readString(kubeconfig).replaceAll("token: \"[^\"]*\"", "token: \"very-secret-token\""));

            Diagnostic problem = refused(Sessions.section().put("kubeconfig", kubeconfig.toString()), Map.of());

            assertEquals(KubernetesError.UNAUTHORIZED, problem.code());
            assertEquals(ErrorType.EXTERNAL, problem.code().type());
        }
    }

    private ObjectNode configured(int port) throws IOException {
        Path file = Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG.formatted(port));
        return Sessions.section().put("kubeconfig", file.toString());
    }

    private Diagnostic refused(ObjectNode section, Map<String, String> environment) {
        try (Provider provider =
                new KubernetesProviderFactory().create(section, Sessions.context(directory, environment))) {
            return assertThrows(ChartreuseException.class, provider::refresh)
                    .diagnostics()
                    .get(0);
        }
    }

    private static String scalesOf(ClusterFixture cluster) {
        return "/apis/wiremind.io/v1/namespaces/" + cluster.namespace() + "/expecteddeploymentscales";
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
