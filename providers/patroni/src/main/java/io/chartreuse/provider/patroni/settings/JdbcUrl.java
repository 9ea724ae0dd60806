package io.chartreuse.provider.patroni.settings;

import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/** What can be told of a JDBC URL without connecting. */
final class JdbcUrl {

    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("[?&](ssl)?password=", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("^jdbc:postgresql://[^/?]*@");

    private JdbcUrl() {}

    static boolean holdsSecret(String url) {
        return PASSWORD_PARAMETER.matcher(url).find() || USER_INFO.matcher(url).find();
    }

    /** The database that it names. */
    static Optional<String> database(String url) {
        return Optional.ofNullable(Driver.parseURL(url, null)).map(parts -> parts.getProperty("PGDBNAME"));
    }

    static boolean isUsable(String url) {
        return Driver.parseURL(url, null) != null;
    }
}
