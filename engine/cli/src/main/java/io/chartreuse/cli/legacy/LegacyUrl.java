package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as SQLAlchemy reads it.
 *
 * @param user     the login role, where it is named
 * @param password where it is in the URL
 */
record LegacyUrl(DatabasePlace place, Optional<String> user, Optional<Secret> password) {

    private static final Pattern URL = Pattern.compile("([a-z0-9_+]+)://"
            + "(?:([^:@/]*)(?::([^@]*))?@)?"
            + "(\\[[^\\]/?]+]|[^:/?@]+)(?::(\\d{1,5}))?"
            + "/([^?]+)(?:\\?(.*))?");
    private static final Pattern ESCAPES = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    /** What libpq's parameters that pgjdbc has, too, are called there. */
    private static final Map<String, String> KNOWN = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "options", "options",
            "channel_binding", "channelBinding",
            "gssencmode", "gssEncMode");

    LegacyUrl {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /**
     * Reads it.
     *
     * @param variable that it stands in; nothing of the URL itself is quoted in problems
     * @param problems takes what is wrong
     */
    static Optional<LegacyUrl> read(String variable, String url, List<Diagnostic> problems) {
        Matcher parts = URL.matcher(url);
        Matcher dialect = parts.matches() ? DatabasePlace.DIALECT.matcher(parts.group(1)) : parts;
        int port =
                parts.matches() && parts.group(5) != null ? Integer.parseInt(parts.group(5)) : DatabasePlace.USUAL_PORT;
        if (!parts.matches() || !dialect.matches() || !DatabasePlace.isHost(parts.group(4)) || !isPort(port)) {
            problems.add(Diagnostic.error(
                    LegacyError.SETTING_INVALID,
                    variable + " is not the URL of a PostgreSQL database",
                    "Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for an @ in the password."));
            return Optional.empty();
        }
        DatabasePlace place = new DatabasePlace(
                parts.group(4),
                port,
                decoded(parts.group(6)),
                parameters(variable, parts.group(7), problems),
                Optional.ofNullable(dialect.group(1)));
        return Optional.of(new LegacyUrl(place, part(parts, 2), part(parts, 3).map(Secret::new)));
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 65535;
    }

    private static Optional<String> part(Matcher parts, int group) {
        return Optional.ofNullable(parts.group(group))
                .filter(text -> !text.isEmpty())
                .map(LegacyUrl::decoded);
    }

    private static SortedMap<String, String> parameters(String variable, String query, List<Diagnostic> problems) {
        SortedMap<String, String> parameters = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String[] both = parameter.split("=", 2);
            if (KNOWN.containsKey(both[0]) && both.length == 2) {
                parameters.put(KNOWN.get(both[0]), decodedPlus(both[1]));
            } else if (!parameter.isEmpty()) {
                others.add(both[0]);
            }
        }
        if (!others.isEmpty()) {
            problems.add(Diagnostic.warning(
                    LegacyError.SETTING_UNKNOWN,
                    variable + " has parameters that are left out: " + named(others),
                    "Say what they meant in the configuration's url, as pgjdbc calls it, or in alembic.ini."));
        }
        return parameters;
    }

    /** Messages show only what looks like a name. */
    private static String named(List<String> parameters) {
        return String.join(
                ", ",
                parameters.stream()
                        .map(name -> name.matches("[a-z_]{1,40}") ? name : "…")
                        .distinct()
                        .toList());
    }

    /** As Python does it: what is no escape stays as it is, and a plus is a plus. */
    private static String decoded(String text) {
        return ESCAPES.matcher(text).replaceAll(match -> {
            byte[] bytes = bytes(match.group());
            return Matcher.quoteReplacement(
                    StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString());
        });
    }

    /** In a query a plus is a space. */
    private static String decodedPlus(String text) {
        return decoded(text.replace('+', ' '));
    }

    private static byte[] bytes(String escapes) {
        String digits = String.join("", Arrays.asList(escapes.substring(1).split("%")));
        return HexFormat.of().parseHex(digits);
    }
}
