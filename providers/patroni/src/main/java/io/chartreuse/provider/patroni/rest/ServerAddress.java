package io.chartreuse.provider.patroni.rest;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a member's PostgreSQL. Patroni's answers are untrusted, and the address becomes part of the URL to
 * connect to: so it contains no character with a meaning in a URL.
 *
 * @param host a name or an address; an IPv6 address without brackets
 */
public record ServerAddress(String host, int port) {

    private static final int HIGHEST_PORT = 65_535;
    private static final String NAME = "[A-Za-z0-9_.-]+";
    private static final String IP_V6 = "[0-9A-Fa-f:.]+";
    private static final Pattern HOST = Pattern.compile(NAME + "|" + IP_V6);
    private static final Pattern ADDRESS =
            Pattern.compile("(?:(?<name>" + NAME + ")|\\[(?<six>" + IP_V6 + ")\\]):(?<port>[0-9]{1,5})");

    public ServerAddress {
        Objects.requireNonNull(host, "host");
        if (!HOST.matcher(host).matches() || port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("not the address of a server");
        }
    }

    /** Reads what Patroni reports; empty where that is not an address. */
    static Optional<ServerAddress> of(String host, int port) {
        try {
            return Optional.of(new ServerAddress(host, port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads {@code host:port}, an IPv6 address in brackets; empty where the text is something else. */
    public static Optional<ServerAddress> parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group("name");
        return of(name == null ? matcher.group("six") : name, Integer.parseInt(matcher.group("port")));
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
