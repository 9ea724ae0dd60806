package io.chartreuse.provider.patroni.settings;

import io.chartreuse.spi.text.UrlParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** What a JDBC URL says without a connection. */
final class JdbcUrl {

    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("[?&](ssl)?password=", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("^jdbc:postgresql://[^/?]*@");

    private static final UrlParameters PARAMETERS = new UrlParameters(
            Arrays.stream(PGProperty.values()).map(JdbcUrl::known).toList());

    private JdbcUrl() {}

    private static UrlParameters.Known known(PGProperty property) {
        List<String> choices = property.getChoices() == null || property == PGProperty.REQUIRE_AUTH
                ? List.of()
                : List.of(property.getChoices());
        boolean text = property.getDefaultValue() == null || property.getName().startsWith("PG");
        return new UrlParameters.Known(property.getName(), choices, text ? "" : property.getDefaultValue());
    }

    /** Parameters that the driver does not know, and values that they cannot have. */
    static List<UrlParameters.Fault> faults(String url) {
        return PARAMETERS.faults(url);
    }

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
