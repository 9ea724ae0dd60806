package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/** The JDK's HTTP client, which trusts a cluster's own authorities alone where the cluster names them. */
final class ClusterTransport extends JdkHttpClientFactory {

    @Override
    public HttpClient.Builder newBuilder(Config config) {
        Optional<TrustManager[]> authorities = ClusterAuthorities.of(config);
        if (authorities.isEmpty()) {
            return super.newBuilder(config);
        }
        HttpClient.Builder builder = withoutAuthorities(config);
        // replaces, before any use, what the library has made of a configuration that was said to trust everybody
        builder.sslContext(keys(config), authorities.get());
        return builder;
    }

    /** Spares what the library would read in vain; nobody else has the configuration yet. */
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
}
