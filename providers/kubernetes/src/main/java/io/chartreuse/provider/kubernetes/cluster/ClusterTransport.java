package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * The JDK's HTTP client, which trusts only a cluster's own authorities where the cluster names them.
 *
 * <p>It offers ChaCha20-Poly1305 first, where the platform allows it. A JVM that starts quickly has not yet compiled
 * its use of the processor's AES instructions, and a short run ends before that. Until then AES-GCM is four times as
 * slow, and decrypting the API server's answers would take half of the run's CPU time.
 */
final class ClusterTransport extends JdkHttpClientFactory {

    private final TlsVersion[] versions;
    private final EndingHttp clients = new EndingHttp();

    /** @param config whose versions of TLS are offered */
    ClusterTransport(Config config) {
        this.versions = config.getTlsVersions();
    }

    @Override
    public HttpClient.Builder newBuilder(Config config) {
        Optional<TrustManager[]> authorities = ClusterAuthorities.of(config);
        if (authorities.isEmpty()) {
            return super.newBuilder(config);
        }
        HttpClient.Builder builder = withoutAuthorities(config);
        // replaces, before any use, the trust in all certificates that the library was given
        builder.sslContext(keys(config), authorities.get());
        return builder;
    }

    /**
     * Keeps the library from reading certificate authorities that are replaced anyway. Safe, because no other thread
     * has the configuration yet.
     */
    private HttpClient.Builder withoutAuthorities(Config config) {
        config.setTrustCerts(true);
        try {
            return super.newBuilder(config);
        } finally {
            config.setTrustCerts(false);
        }
    }

    private static KeyManager[] keys(Config config) {
        try {
            return SSLUtils.keyManagers(config);
        } catch (IOException | GeneralSecurityException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
    }

    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
        return clients.watching(super.createNewHttpClientBuilder());
    }

    @Override
    protected void closeHttpClient(JdkHttpClientImpl client) {
        clients.end();
        super.closeHttpClient(client);
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder client) {
        client.sslParameters(new SSLParameters(
                suites(), Stream.of(versions).map(TlsVersion::javaName).toArray(String[]::new)));
    }

    /** The cipher suites of the platform's own choice, in our order. Takes a while the first time. */
    static String[] suites() {
        return Suites.LIGHT_FIRST.clone();
    }

    private static final class Suites {

        private static final String[] LIGHT_FIRST = sorted();

        private static String[] sorted() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(
                        new KeyManager[0], new TrustManager[0], null); // spares reading the platform's certificates
                return Stream.of(context.getDefaultSSLParameters().getCipherSuites())
                        .sorted(Comparator.comparing(suite -> !suite.contains("CHACHA20")))
                        .toArray(String[]::new);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has TLS", e);
            }
        }
    }
}
