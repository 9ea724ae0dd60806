package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Distinguishes failures that pass by themselves from those that a person has to fix. Pure. */
final class TransientFailures {

    /**
     * Timeouts (408, 504), an expired version that requires a new read (410), too many requests (429), a fault of the
     * server (500), a proxy that does not reach it (502, 503).
     */
    private static final Set<Integer> PASSING = Set.of(408, 410, 429, 500, 502, 503, 504);

    private TransientFailures() {}

    /** Whether the same request may succeed when it is made again. */
    static boolean passes(Throwable failure) {
        OptionalInt status = status(failure);
        return status.isPresent()
                ? PASSING.contains(status.getAsInt())
                : causes(failure).noneMatch(TransientFailures::lasting);
    }

    /** Whether the server does not accept our credentials, or no Role grants the request. */
    static boolean lacksRight(Throwable failure) {
        return answer(failure)
                .filter(refusal -> refusal.getCode() == 401
                        || refusal.getCode() == 403 && !ApiFailure.isRefusedByAdmission(refusal))
                .isPresent();
    }

    /** Whether the server was reached and has not answered in time. */
    static boolean isSlow(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof TimeoutException
                        || cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException));
    }

    /** The status that the server answered with; empty where no answer came. */
    static OptionalInt status(Throwable failure) {
        return answer(failure).stream()
                .mapToInt(KubernetesClientException::getCode)
                .findFirst();
    }

    private static Optional<KubernetesClientException> answer(Throwable failure) {
        return causes(failure)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(refusal -> refusal.getCode() > 0)
                .findFirst();
    }

    /** Why, in few words: {@code 503}, {@code no answer}. */
    static String brief(Throwable failure) {
        OptionalInt status = status(failure);
        return status.isPresent() ? "it answered " + status.getAsInt() : "it does not answer";
    }

    /** A wrong certificate, a closed client, a bug in Chartreuse. */
    private static boolean lasting(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof RejectedExecutionException
                || cause instanceof NullPointerException
                || cause instanceof IllegalArgumentException
                || cause instanceof ClassCastException;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
