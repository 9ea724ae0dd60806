package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.CertUtils;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate authorities to trust for a cluster that names its own: only those, as in kubectl. The library would
 * add them to the hundred public ones of the Java runtime, and would read all of these each time.
 */
final class ClusterAuthorities {

    private ClusterAuthorities() {}

    /**
     * Empty where the cluster names no authorities, or the configuration is unusual: then the library reads or refuses
     * it.
     */
    static Optional<TrustManager[]> of(Config config) {
        boolean named = present(config.getCaCertData()) || present(config.getCaCertFile());
        if (!named || config.isTrustCerts() || present(config.getTrustStoreFile())) {
            return Optional.empty();
        }
        try (InputStream pem = CertUtils.getInputStreamFromDataOrFile(config.getCaCertData(), config.getCaCertFile())) {
            return trusting(CertificateFactory.getInstance("X.509").generateCertificates(pem));
        } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<TrustManager[]> trusting(Collection<? extends Certificate> authorities)
            throws IOException, GeneralSecurityException {
        if (authorities.isEmpty()) {
            return Optional.empty();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (Certificate authority : authorities) {
            trusted.setCertificateEntry("authority-" + trusted.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return Optional.of(factory.getTrustManagers());
    }

    private static boolean present(String setting) {
        return setting != null && !setting.isEmpty();
    }
}
