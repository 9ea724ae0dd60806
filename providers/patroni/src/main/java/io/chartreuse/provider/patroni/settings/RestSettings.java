package io.chartreuse.provider.patroni.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to connect to a cluster's REST API.
 *
 * @param authorities    PEM file of the certificates that are trusted; empty: those of the Java runtime
 * @param certificate    PEM file of the client certificate and its chain; empty: none
 * @param key            reference to the certificate's private key in PEM
 * @param user           the user for Patroni's basic authentication; empty: no authentication
 * @param password       reference to the user's password
 * @param connectTimeout to one endpoint
 * @param answerTimeout  from a request to the last byte of its answer
 */
public record RestSettings(
        Optional<Path> authorities,
        Optional<Path> certificate,
        Optional<JsonNode> key,
        Optional<String> user,
        Optional<JsonNode> password,
        Duration connectTimeout,
        Duration answerTimeout) {

    /** Without client certificate and user, with 2 s to connect and 5 s for an answer. */
    public static final RestSettings DEFAULT = within(Duration.ofSeconds(2), Duration.ofSeconds(5));

    public RestSettings {
        Objects.requireNonNull(authorities, "authorities");
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("a connection needs time: " + connectTimeout);
        }
        if (answerTimeout.isNegative() || answerTimeout.isZero()) {
            throw new IllegalArgumentException("an answer needs time: " + answerTimeout);
        }
    }

    /** Without client certificate and user, with these timeouts. */
    public static RestSettings within(Duration connectTimeout, Duration answerTimeout) {
        return new RestSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                connectTimeout,
                answerTimeout);
    }

    /** Whether the configuration asks for other certificates than the Java runtime's. */
    public boolean hasCertificates() {
        return authorities.isPresent() || certificate.isPresent();
    }
}
