package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A cluster for a test, with its own namespace: the API server that {@code CHARTREUSE_TEST_KUBECONFIG} names, or else
 * one in this process, where a {@link PodSimulator} creates the Deployments' pods.
 */
public final class ClusterFixture implements AutoCloseable {

    /** Names the kubeconfig of a real cluster in which tests may create namespaces. */
    public static final String KUBECONFIG_VARIABLE = "CHARTREUSE_TEST_KUBECONFIG";

    private final String namespace;
    private final Optional<InProcessApiServer> server;
    private final KubernetesClient client;
    private final Optional<PodSimulator> simulator;

    private ClusterFixture(Optional<InProcessApiServer> server, Config config, String namespace) {
        this.namespace = namespace;
        this.server = server;
        config.setNamespace(namespace);
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        this.simulator = server.map(inProcess -> new PodSimulator(client, namespace));
    }

    /** The real cluster where the environment names one, or else the in-process one. */
    public static ClusterFixture start() {
        String kubeconfig = System.getenv(KUBECONFIG_VARIABLE);
        return kubeconfig == null || kubeconfig.isBlank()
                ? inProcess()
                : new ClusterFixture(Optional.empty(), Config.fromKubeconfig(new File(kubeconfig)), ownNamespace());
    }

    /** The in-process cluster, for tests that a real cluster does not allow. */
    public static ClusterFixture inProcess() {
        InProcessApiServer server = new InProcessApiServer();
        return new ClusterFixture(Optional.of(server), server.config(), ownNamespace());
    }

    /** One in this process that holds these objects as an API server once stored them in that namespace. */
    public static ClusterFixture holding(String namespace, List<HasMetadata> objects) {
        InProcessApiServer server = new InProcessApiServer(new StoredObjects());
        ClusterFixture cluster = new ClusterFixture(Optional.of(server), server.config(), namespace);
        objects.forEach(object -> StoredObjects.create(object, cluster.client));
        return cluster;
    }

    private static String ownNamespace() {
        return "chartreuse-test-" + UUID.randomUUID().toString().substring(0, 8);
    }

    public boolean isReal() {
        return server.isEmpty();
    }

    /**
     * Whether a kubelet runs the pods' containers: a real kubelet writes its version on its node, a simulated one does
     * not.
     */
    boolean runsContainers() {
        return isReal()
                && client.nodes().list().getItems().stream()
                        .map(Node::getStatus)
                        .map(NodeStatus::getNodeInfo)
                        .anyMatch(
                                node -> node != null && node.getKubeletVersion().startsWith("v"));
    }

    public String namespace() {
        return namespace;
    }

    /** Its administrator. */
    public KubernetesClient client() {
        return client;
    }

    /** Makes workloads in the namespace. */
    public SampleWorkloads workloads() {
        return new SampleWorkloads(client, namespace);
    }

    /** Whether autoscalers may scale from 0, which not every API server accepts. */
    boolean scalesFromZero() {
        if (!isReal()) {
            return true;
        }
        try {
            client.resource(workloads().fromZero("from-zero", 1)).dryRun().create();
            return true;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 422) {
                return false;
            }
            throw refused;
        }
    }

    /** The in-process server, to make it fail. */
    public InProcessApiServer server() {
        return server.orElseThrow(() -> new IllegalStateException("a real cluster does not fail on demand"));
    }

    /** Writes a kubeconfig that leads to this cluster and namespace, with one context: {@code test}. */
    public Path writeKubeconfig(Path file) {
        return writeKubeconfig(file, "");
    }

    /** The same, for a user who impersonates another. */
    public Path writeKubeconfig(Path file, String impersonated) {
        Config config = client.getConfiguration();
        String authority = config.getCaCertData() != null
                ? ", certificate-authority-data: " + config.getCaCertData()
                : config.getCaCertFile() != null ? ", certificate-authority: " + config.getCaCertFile() : "";
        String token = Optional.ofNullable(config.getOauthToken()).orElse(config.getAutoOAuthToken());
        String as = impersonated.isEmpty() ? "" : ", as: " + impersonated;
        String text = """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s"%s}}]
                users: [{name: test, user: {token: "%s"%s}}]
                contexts: [{name: test, context: {cluster: test, user: test, namespace: %s}}]
                current-context: test
                """.formatted(config.getMasterUrl(), authority, token, as, namespace);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the cluster know ExpectedDeploymentScales. */
    public ClusterFixture withScaleDefinition() {
        return withDefinition("expecteddeploymentscales.yaml");
    }

    /** Makes the cluster know a kind, from a file beside this class. */
    ClusterFixture withDefinition(String file) {
        CustomResourceDefinition definition = client.getKubernetesSerialization()
                .unmarshal(getClass().getResourceAsStream(file), CustomResourceDefinition.class);
        try {
            client.resource(new CustomResourceDefinitionBuilder(definition).build())
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
        }
        if (isReal()) {
            client.resource(definition).waitUntilCondition(ClusterFixture::established, 30, TimeUnit.SECONDS);
        }
        return this;
    }

    private static boolean established(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** The in-process server ends together with its namespace. */
    @Override
    public void close() {
        simulator.ifPresent(PodSimulator::close);
        if (isReal()) {
            client.namespaces().withName(namespace).delete();
        }
        client.close();
        server.ifPresent(InProcessApiServer::close);
    }
}
