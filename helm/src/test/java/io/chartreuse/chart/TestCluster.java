package io.chartreuse.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A namespace on the real server that {@value #VARIABLE} names, with a release of the chart in it. It admits only pods
 * of the strictest Pod Security Standard.
 */
final class TestCluster implements AutoCloseable {

    static final String VARIABLE = "CHARTREUSE_TEST_KUBECONFIG";
    private static final int SECONDS = 300;

    private final Path kubeconfig = Path.of(System.getenv(VARIABLE));
    private final KubernetesClient client;
    private final String namespace;

    TestCluster() {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        namespace = client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("chart-test-")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    Release install(Path chart, Path... values) {
        var command = new Helm(chart)
                .install()
                .withName("shop")
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                .withTimeout(SECONDS);
        Stream.of(values).forEach(command::withValuesFile);
        return command.call();
    }

    Release upgrade(Path chart, Path... values) {
        return call(upgradeOf(chart), values);
    }

    /** Like {@code --atomic}: rolls an upgrade that fails back to the revision before it. */
    Release upgradeOrRollBack(Path chart, Path... values) {
        return call(upgradeOf(chart).atomic(), values);
    }

    private UpgradeCommand upgradeOf(Path chart) {
        return new Helm(chart)
                .upgrade()
                .withName("shop")
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                .withTimeout(SECONDS);
    }

    private static Release call(UpgradeCommand command, Path... values) {
        Stream.of(values).forEach(command::withValuesFile);
        return command.call();
    }

    /** The revisions of the release, the newest last: {@code deployed Rollback to 1}. */
    List<String> history() {
        return Helm.history("shop").withNamespace(namespace).withKubeConfig(kubeconfig).call().stream()
                .map(revision -> revision.getStatus() + " " + revision.getDescription())
                .toList();
    }

    void uninstall() {
        Helm.uninstall("shop")
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                .call();
    }

    /** {@code Job/shop-chartreuse-migrate} of each object of the chart that is there, sorted. */
    List<String> names() {
        return Stream.<List<? extends HasMetadata>>of(
                        ours(client.serviceAccounts()
                                .inNamespace(namespace)
                                .list()
                                .getItems()),
                        ours(client.configMaps().inNamespace(namespace).list().getItems()),
                        ours(client.rbac().roles().inNamespace(namespace).list().getItems()),
                        ours(client.rbac()
                                .roleBindings()
                                .inNamespace(namespace)
                                .list()
                                .getItems()),
                        ours(client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems()),
                        ours(client.batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .list()
                                .getItems()))
                .flatMap(List::stream)
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static <T extends HasMetadata> List<T> ours(List<T> objects) {
        return objects.stream()
                .filter(object -> object.getMetadata().getName().startsWith("shop-"))
                .toList();
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
