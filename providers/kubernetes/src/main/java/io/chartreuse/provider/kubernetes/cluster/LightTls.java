package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Makes HTTP clients that offer ChaCha20-Poly1305 first, where the platform allows it. A virtual machine that starts
 * quickly has not compiled its way to the processor's AES instructions, and a short run never gets there: until then
 * AES-GCM is four times as slow, and half of all that we do is to decrypt what the API server says.
 */
public final class LightTls extends JdkHttpClientFactory {

    private static final Comparator<String> LIGHT_FIRST = Comparator.comparing(suite -> !suite.contains("CHACHA20"));

    private final TlsVersion[] versions;

    /** @param config whose versions of TLS are offered */
    public LightTls(Config config) {
        this.versions = config.getTlsVersions();
    }

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.sslParameters(new SSLParameters(
                suites(), Stream.of(versions).map(TlsVersion::javaName).toArray(String[]::new)));
    }

    /** The platform's own choice, in our order. */
    private static String[] suites() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null); // spares reading the platform's certificates
            return Stream.of(context.getDefaultSSLParameters().getCipherSuites())
                    .sorted(LIGHT_FIRST)
                    .toArray(String[]::new);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
