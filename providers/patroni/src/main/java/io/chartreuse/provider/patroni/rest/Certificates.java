package io.chartreuse.provider.patroni.rest;

import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.text.BoundedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The trusted certificates and the client certificate, from PEM files as Patroni's own configuration has them. */
record Certificates(RestSettings settings, Secrets secrets) {

    /** More than all public authorities of the world. */
    private static final int LARGEST = 4 * 1024 * 1024;

    /** A read, and the message about its failure. */
    private interface Reading<T> {
        T read() throws GeneralSecurityException, IOException;
    }

    /**
     * Reads them now.
     *
     * @throws ChartreuseException where one of them cannot be used
     */
    SSLContext context() {
        return read("the certificates of the REST API", () -> {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        });
    }

    /** Null, as {@link SSLContext} expects, when no client certificate is configured. */
    private KeyManager[] keys() throws GeneralSecurityException, IOException {
        if (settings.certificate().isEmpty()) {
            return null;
        }
        Path file = settings.certificate().get();
        Collection<? extends Certificate> chain = read(file.toString(), () -> certificates(file));
        KeyStore store = empty();
        store.setKeyEntry("own", key(), new char[0], chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private java.security.Key key() {
        return read(
                "the private key of rest.key",
                () -> PrivateKeyText.read(
                        secrets.resolve(settings.key().orElseThrow()).reveal()));
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (settings.authorities().isEmpty()) {
            return null;
        }
        Path file = settings.authorities().get();
        KeyStore store = empty();
        for (Certificate authority : read(file.toString(), () -> certificates(file))) {
            store.setCertificateEntry(String.valueOf(store.size()), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        try (InputStream pem = new ByteArrayInputStream(BoundedFile.read(file, LARGEST))) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            if (found.isEmpty()) {
                throw new GeneralSecurityException("there is no certificate in it");
            }
            return found;
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Without the cause, and for a key without its message: these might repeat the file's content. */
    private static <T> T read(String what, Reading<T> reading) {
        try {
            return reading.read();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            String why = e instanceof NoSuchFileException ? "there is no such file" : "it is not usable PEM";
            throw new ChartreuseException(Diagnostic.error(
                    PatroniError.TLS_UNUSABLE,
                    what + " cannot be used: " + why,
                    "Give rest.authorities and rest.certificate as PEM files, and rest.key as an unencrypted PKCS #8"
                            + " key (openssl pkcs8 -topk8 -nocrypt)."));
        }
    }
}
