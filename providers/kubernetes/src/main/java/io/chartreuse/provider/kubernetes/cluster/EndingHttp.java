package io.chartreuse.provider.kubernetes.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the JDK's HTTP clients and ends them. Left alone, a client waits for the network until it is collected, and a
 * virtual machine that exits waits a third of a second for such a client: a third of a short command's time. Clients
 * can be closed since Java 21; on older versions they are left alone.
 */
final class EndingHttp {

    private static final Logger LOG = LoggerFactory.getLogger(EndingHttp.class);

    /** The longest wait for a client to end; an idle one takes a millisecond. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Queue<HttpClient> built = new ConcurrentLinkedQueue<>();

    /** Returns a builder whose clients this object can end. */
    HttpClient.Builder watching(HttpClient.Builder builder) {
        return new Watched(builder, built);
    }

    /** Ends all clients and their requests. */
    void end() {
        for (HttpClient client = built.poll(); client != null; client = built.poll()) {
            try {
                Method end = HttpClient.class.getMethod("shutdownNow");
                Method await = HttpClient.class.getMethod("awaitTermination", Duration.class);
                end.invoke(client);
                await.invoke(client, PATIENCE);
            } catch (NoSuchMethodException older) {
                LOG.debug("this Java cannot end its HTTP clients");
            } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
                LOG.debug("an HTTP client was not ended", e);
            }
        }
    }

    /** Forwards every call. */
    private record Watched(HttpClient.Builder builder, Queue<HttpClient> built) implements HttpClient.Builder {

        @Override
        public HttpClient.Builder cookieHandler(CookieHandler handler) {
            builder.cookieHandler(handler);
            return this;
        }

        @Override
        public HttpClient.Builder connectTimeout(Duration timeout) {
            builder.connectTimeout(timeout);
            return this;
        }

        @Override
        public HttpClient.Builder sslContext(SSLContext context) {
            builder.sslContext(context);
            return this;
        }

        @Override
        public HttpClient.Builder sslParameters(SSLParameters parameters) {
            builder.sslParameters(parameters);
            return this;
        }

        @Override
        public HttpClient.Builder executor(Executor executor) {
            builder.executor(executor);
            return this;
        }

        /** Never follows redirects: the JDK would send the token to the redirect's target. An API server sends none. */
        @Override
        public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
            return this;
        }

        @Override
        public HttpClient.Builder version(HttpClient.Version version) {
            builder.version(version);
            return this;
        }

        @Override
        public HttpClient.Builder priority(int priority) {
            builder.priority(priority);
            return this;
        }

        @Override
        public HttpClient.Builder proxy(ProxySelector selector) {
            builder.proxy(selector);
            return this;
        }

        @Override
        public HttpClient.Builder authenticator(Authenticator authenticator) {
            builder.authenticator(authenticator);
            return this;
        }

        @Override
        public HttpClient build() {
            HttpClient client = builder.build();
            built.add(client);
            return client;
        }
    }
}
