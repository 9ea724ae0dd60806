package io.chartreuse.provider.kubernetes.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** What happens to a request in place of its usual answer. */
@FunctionalInterface
public interface Fault {

    void happen(Exchange exchange) throws IOException;

    /** An answer of the proxy's own. */
    static Fault status(int status, String message) {
        return status(status, message, "");
    }

    /** The same with headers, each ended by CRLF. */
    static Fault status(int status, String message, String headers) {
        String body =
                "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": %d, \"message\": \"%s\"}"
                        .formatted(status, message);
        return exchange -> exchange.answer(status, headers, body);
    }

    /** An answer of the proxy's own, with that body. */
    static Fault answer(String body) {
        return exchange -> exchange.answer(200, "", body);
    }

    /** The connection breaks before the server has heard of it. */
    static Fault reset() {
        return Exchange::reset;
    }

    /** The server executes it; the connection breaks before the answer. */
    static Fault lostAnswer() {
        return exchange -> {
            exchange.executeOnly();
            exchange.reset();
        };
    }

    /** The server executes it; the answer takes that long. */
    static Fault slowAnswer(Duration delay) {
        return exchange -> {
            exchange.executeOnly();
            LockSupport.parkNanos(delay.toNanos());
            exchange.reset();
        };
    }

    /** Something happens while the request is on its way, before the server hears of it. */
    static Fault overtakenBy(Runnable faster) {
        return exchange -> {
            faster.run();
            exchange.forward();
        };
    }

    /** A watch that begins as usual, and sends nothing before that event. */
    static Fault watchEvent(CountDownLatch when, String event) {
        return exchange -> exchange.watchEvent(when, event);
    }

    /** The server receives the request and begins to answer; then the rest is lost, and the connection stays open. */
    static Fault silence() {
        return Exchange::silence;
    }

    /** The answer breaks off after so many bytes. */
    static Fault cutAfter(long bytes) {
        return exchange -> {
            exchange.forward(bytes);
            exchange.reset();
        };
    }
}
