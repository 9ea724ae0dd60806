package io.chartreuse.provider.kubernetes.cluster;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the cluster in the order that kubectl has: the named file, {@code KUBECONFIG}, the home directory, the pod. */
final class ClientConfiguration {

    /** No retries by the library: it would repeat requests unseen within one of Chartreuse's own attempts. */
    private static final int RETRIES = 0;

    /** Between two tries to take up a watch; doubles. */
    private static final int WATCH_RETRY_MILLIS = 250;

    /** The library's own limit of 5 would make the steps of a stage queue up. */
    private static final int CONCURRENT_REQUESTS = 64;

    /** Short, so that an address where nothing listens is distinguished from a server that is slow to answer. */
    private static final int CONNECTION_TIMEOUT_MILLIS = 4_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClientConfiguration.class);

    private ClientConfiguration() {}

    /** @throws ChartreuseException where no cluster is named, or what names it is wrong */
    static Config of(ClusterSettings settings) {
        Config config = find(settings);
        int timeout =
                (int) Math.min(Integer.MAX_VALUE, settings.requestTimeout().toMillis());
        warnOfUnprovenServer(config);
        config.setRequestTimeout(timeout);
        config.setConnectionTimeout(Math.min(timeout, CONNECTION_TIMEOUT_MILLIS));
        config.setUserAgent(FieldOwnership.MANAGER); // the field manager of requests that name none
        config.setRequestRetryBackoffLimit(RETRIES);
        config.setWatchReconnectInterval(WATCH_RETRY_MILLIS);
        // Over HTTP/2 an API server closes the connection together with its 401, and the JDK's client sees only that.
        config.setHttp2Disable(true);
        config.setMaxConcurrentRequests(CONCURRENT_REQUESTS);
        config.setMaxConcurrentRequestsPerHost(CONCURRENT_REQUESTS);
        return config;
    }

    /** Warns when the server's certificate is not verified: whatever server answers gets the credentials. */
    private static void warnOfUnprovenServer(Config config) {
        String server = String.valueOf(config.getMasterUrl());
        if (config.isTrustCerts()) {
            LOG.warn(
                    "{} is not checked to be the API server: the kubeconfig says insecure-skip-tls-verify."
                            + " Any server that answers there gets the credentials; name certificate-authority instead",
                    server);
        } else if (server.startsWith("http://") && config.getAutoOAuthToken() != null) {
            LOG.warn("the token goes to {} without encryption: use https in the kubeconfig", server);
        }
    }

    private static Config find(ClusterSettings settings) {
        Optional<Kubeconfig> kubeconfig = kubeconfig(settings);
        if (kubeconfig.isPresent()) {
            return kubeconfig.get().configuration(settings.context());
        }
        if (settings.context().isEmpty() && settings.environment().containsKey("KUBERNETES_SERVICE_HOST")) {
            return Config.autoConfigure(null);
        }
        throw new ChartreuseException(Diagnostic.error(
                KubernetesError.NO_CLUSTER,
                "there is no cluster to talk to: no kubeconfig was found, and this is not a pod",
                "Set kubernetes.kubeconfig or the environment variable KUBECONFIG"));
    }

    private static Optional<Kubeconfig> kubeconfig(ClusterSettings settings) {
        if (settings.kubeconfig().isPresent()) {
            return settings.kubeconfig().map(file -> Kubeconfig.read(file, settings.withheld()));
        }
        String listed = settings.environment().getOrDefault("KUBECONFIG", "");
        return listed.isBlank() ? inHome(settings) : Optional.of(firstUsable(listed, settings));
    }

    private static Optional<Kubeconfig> inHome(ClusterSettings settings) {
        return Optional.ofNullable(settings.environment().get("HOME"))
                .map(home -> Path.of(home, ".kube", "config"))
                .filter(Files::isRegularFile)
                .map(file -> Kubeconfig.read(file, settings.withheld()));
    }

    /** Of several files the first with the context; its cluster and user must be in the same file. */
    private static Kubeconfig firstUsable(String listed, ClusterSettings settings) {
        List<Kubeconfig> files = Stream.of(listed.split(Pattern.quote(File.pathSeparator)))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .map(file -> Kubeconfig.read(file, settings.withheld()))
                .toList();
        return files.stream()
                .filter(file -> file.offers(settings.context()))
                .findFirst()
                .or(() -> files.stream().findFirst())
                .orElseThrow(() -> Kubeconfig.missing(listed));
    }
}
