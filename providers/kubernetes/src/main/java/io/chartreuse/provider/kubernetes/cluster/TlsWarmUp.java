package io.chartreuse.provider.kubernetes.cluster;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs a TLS handshake without a server, beside the work that comes before the first real one. Cryptography is the
 * slowest code to run for the first time in a virtual machine: keys for two kinds of curves take a tenth of a second
 * then.
 */
public final class TlsWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(TlsWarmUp.class);
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private TlsWarmUp() {}

    /** Runs once in a process, on its own thread. Its result does not matter. */
    public static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(TlsWarmUp::hello, "tls-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void hello() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.setEnabledCipherSuites(ClusterTransport.suites());
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (GeneralSecurityException | SSLException | RuntimeException e) {
            LOG.debug("TLS was not warmed up", e);
        }
    }
}
