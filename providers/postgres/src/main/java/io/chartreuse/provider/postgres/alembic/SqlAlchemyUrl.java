package io.chartreuse.provider.postgres.alembic;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a database for SQLAlchemy, made from libpq's parameters. It names user, host, port and database;
 * everything else, above all the password, reaches the driver through the environment. So do several hosts, because the
 * way to list them in a URL depends on SQLAlchemy's version.
 */
final class SqlAlchemyUrl {

    private static final Pattern DRIVER = Pattern.compile("^postgres(?:ql)?\\+([a-z0-9_]+)://.*");
    private static final Pattern PARTS =
            Pattern.compile("^[^:/]+://(?:[^@/]*@)?(\\[[^\\]]*\\]|[^:/?]*)(?::(\\d+))?/?([^?]*).*");

    private final Map<String, String> libpq;

    /** @param libpq {@code PGHOST}, {@code PGPORT}, {@code PGUSER}, {@code PGDATABASE} where they are known */
    SqlAlchemyUrl(Map<String, String> libpq) {
        this.libpq = Map.copyOf(libpq);
    }

    /** The driver that a user's URL names: {@code psycopg2}. */
    static Optional<String> driver(String url) {
        Matcher matcher = DRIVER.matcher(url);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** With that driver; empty: SQLAlchemy's default. */
    String text(Optional<String> driver) {
        return "postgresql" + driver.map(name -> "+" + name).orElse("") + "://" + user() + place() + "/"
                + libpq.getOrDefault("PGDATABASE", "");
    }

    /**
     * How that URL leads to another database: {@code database old instead of shop}. Ignores what the URL leaves open.
     */
    Optional<String> difference(String other) {
        Matcher theirs = PARTS.matcher(other);
        if (!theirs.matches()) {
            return Optional.empty();
        }
        return other("database", theirs.group(3), "PGDATABASE")
                .or(() -> other("host", theirs.group(1).replaceAll("[\\[\\]]", ""), "PGHOST"))
                .or(() -> other("port", Optional.ofNullable(theirs.group(2)).orElse(""), "PGPORT"));
    }

    private Optional<String> other(String what, String theirs, String variable) {
        List<String> ours = Arrays.asList(libpq.getOrDefault(variable, "").split(","));
        return theirs.isEmpty() || ours.contains(theirs) || ours.contains("")
                ? Optional.empty()
                : Optional.of(what + " " + theirs + " instead of " + String.join(",", ours));
    }

    private String user() {
        return Optional.ofNullable(libpq.get("PGUSER"))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "@")
                .orElse("");
    }

    private String place() {
        String host = libpq.getOrDefault("PGHOST", "");
        if (host.isEmpty() || host.contains(",")) {
            return "";
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + libpq.getOrDefault("PGPORT", "5432");
    }
}
