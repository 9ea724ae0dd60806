package io.chartreuse.cli.legacy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a database is.
 *
 * @param host       a name or an address, without brackets
 * @param port       from 1 to 65535
 * @param parameters of the connection, as both libpq and pgjdbc call them
 * @param driver     SQLAlchemy's, where one was asked for: {@code psycopg2}
 */
record DatabasePlace(
        String host, int port, String database, SortedMap<String, String> parameters, Optional<String> driver) {

    static final int USUAL_PORT = 5432;

    /** {@code postgresql+psycopg2}. */
    static final Pattern DIALECT = Pattern.compile("postgres(?:ql)?(?:\\+([a-z0-9_]+))?");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?");
    private static final Pattern ADDRESS = Pattern.compile("\\[?([0-9A-Fa-f]*:[0-9A-Fa-f:.]+)]?");

    DatabasePlace {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(driver, "driver");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        if (port < 1 || port > 65535 || !isHost(host)) {
            throw new IllegalArgumentException("no place of a database");
        }
        host = host.replaceAll("[\\[\\]]", "");
    }

    /** Whether it is one host's name or address; credentials before it make it none. */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches() || ADDRESS.matcher(text).matches();
    }

    /** The JDBC URL, without credentials. */
    String url() {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + authority() + ":" + port + "/" + encoded(database)
                + (query.isEmpty() ? "" : "?" + query);
    }

    /** The driver, where SQLAlchemy would take another one unasked. */
    Optional<String> unusualDriver() {
        return driver.filter(name -> !name.equals("psycopg2"));
    }

    /** Where Patroni's REST API is, if it is on the same host and its usual port. */
    String usualEndpoint() {
        return "http://" + authority() + ":8008";
    }

    private String authority() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
