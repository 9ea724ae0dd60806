package io.chartreuse.provider.kubernetes.fault;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The server behind the proxy.
 *
 * @param address the certificate of an {@code https} address is not verified: the person who runs a test chooses the
 *                address
 */
record Upstream(URI address) {

    Socket connect() throws IOException {
        return address.getScheme().equals("https")
                ? trusting().getSocketFactory().createSocket(address.getHost(), address.getPort())
                : new Socket(address.getHost(), address.getPort());
    }

    String authority() {
        return address.getAuthority();
    }

    private static SSLContext trusting() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class Trusting implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
