package io.chartreuse.provider.postgres.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The ways in which a server may ask for the password. Unless the URL says otherwise ({@code requireAuth}), only those
 * that do not reveal it, because in others a server in the place of the database would learn it. A server whose
 * certificate and name are verified may ask in any way.
 */
public final class Authentication {

    /** Kerberos sends no password, and a server that asks for nothing gets nothing. */
    private static final String SAFE = "scram-sha-256,gss,sspi,none";

    private static final List<String> REVEALING = List.of("password", "md5");
    private static final List<String> ENCRYPTED = List.of("require", "verify-ca", "verify-full");

    private final Properties url;

    public Authentication(String url) {
        this.url = Optional.ofNullable(Driver.parseURL(url, null)).orElseGet(Properties::new);
    }

    /** The value for {@code requireAuth}; empty where each way is allowed. */
    Optional<String> allowed() {
        Optional<String> chosen = chosen();
        return chosen.isPresent() ? chosen : Optional.of(SAFE).filter(safe -> !isServerProven());
    }

    /** Whether the URL allows sending the password without encryption. */
    public boolean mayReveal() {
        boolean reveals = chosen().filter(Authentication::reveals).isPresent();
        return reveals && !ENCRYPTED.contains(mode());
    }

    /** Whether a server that the URL does not name could never learn the password. */
    public boolean isSafeAnywhere() {
        return isServerProven() || chosen().filter(Authentication::reveals).isEmpty();
    }

    private Optional<String> chosen() {
        return Optional.ofNullable(PGProperty.REQUIRE_AUTH.getOrNull(url)).filter(value -> !value.isBlank());
    }

    private static boolean reveals(String methods) {
        List<String> all = Arrays.stream(methods.split(","))
                .map(method -> method.strip().toLowerCase(Locale.ROOT))
                .toList();
        return all.get(0).startsWith("!")
                ? REVEALING.stream().anyMatch(method -> !all.contains("!" + method))
                : REVEALING.stream().anyMatch(all::contains);
    }

    private boolean isServerProven() {
        return mode().equals("verify-full");
    }

    /** {@code ssl=true} means {@code verify-full}. */
    private String mode() {
        String ssl = Optional.ofNullable(PGProperty.SSL.getOrNull(url)).orElse("false");
        String without = ssl.isEmpty() || ssl.equalsIgnoreCase("true") ? "verify-full" : "prefer";
        return Optional.ofNullable(PGProperty.SSL_MODE.getOrNull(url))
                .orElse(without)
                .toLowerCase(Locale.ROOT);
    }
}
