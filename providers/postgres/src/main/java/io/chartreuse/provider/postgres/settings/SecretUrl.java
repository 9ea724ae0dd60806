package io.chartreuse.provider.postgres.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that a secret holds, as operators of PostgreSQL write it: a URI as libpq takes it, or a JDBC URL, each with
 * user and password or without. Pure.
 *
 * @param jdbc     the JDBC URL without credentials
 * @param user     the login role, where the URL names it
 * @param password where the URL holds it
 */
record SecretUrl(String jdbc, Optional<String> user, Optional<String> password) {

    private static final Pattern URL = Pattern.compile("(jdbc:)?postgres(?:ql)?(?:\\+[a-z0-9_]+)?://"
            + "(?:([^/?@:]*)(?::([^/?@]*))?@)?"
            + "([^/?@]*)(/[^?]*)?(?:\\?(.*))?");

    /** libpq's names of parameters that have other names in pgjdbc. */
    private static final Map<String, String> RENAMED = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "gssencmode", "gssEncMode");

    /** Empty where the text is not a URL of a PostgreSQL database. */
    static Optional<SecretUrl> read(String text) {
        Matcher parts = URL.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean jdbc = parts.group(1) != null;
        UnaryOperator<String> decoded = jdbc ? SecretUrl::decodedForm : SecretUrl::decoded;
        Optional<String> user = part(parts.group(2), SecretUrl::decoded);
        Optional<String> password = part(parts.group(3), SecretUrl::decoded);
        List<String> rest = new ArrayList<>();
        for (String parameter :
                parts.group(6) == null ? new String[0] : parts.group(6).split("&")) {
            String[] both = parameter.split("=", 2);
            String value = both.length == 2 ? both[1] : "";
            switch (both[0]) {
                case "user" -> user = user.or(() -> part(value, decoded));
                case "password" -> password = password.or(() -> part(value, decoded));
                default -> rest.add(jdbc ? parameter : RENAMED.getOrDefault(both[0], both[0]) + "=" + value);
            }
        }
        String path = parts.group(5) == null ? "/" : parts.group(5);
        String query = rest.isEmpty() ? "" : "?" + String.join("&", rest);
        return Optional.of(new SecretUrl("jdbc:postgresql://" + parts.group(4) + path + query, user, password));
    }

    private static Optional<String> part(String text, UnaryOperator<String> decoded) {
        return Optional.ofNullable(text).filter(some -> !some.isEmpty()).map(decoded);
    }

    /** Leaves a plus as it is. */
    private static String decoded(String text) {
        return decodedForm(text.replace("+", "%2B"));
    }

    /** Reads a plus as a space; leaves an invalid escape as it is. */
    private static String decodedForm(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
