package io.chartreuse.provider.postgres.settings;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.Diagnostic;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.Driver;

/** What is wrong with a URL. Says nothing of what stands in it: that might be a password. */
final class JdbcUrl {

    private static final Pattern CREDENTIALS =
            Pattern.compile("[?&](user|password|sslpassword)=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

    private static final Pattern FILE = Pattern.compile("(?<=[?&])(sslrootcert|sslcert|sslkey)=([^&]+)");

    private JdbcUrl() {}

    /** The same, with the certificates' relative paths starting at that directory instead of the process's. */
    static String located(String url, Path directory) {
        return FILE.matcher(url).replaceAll(match -> {
            String file = URLDecoder.decode(match.group(2), StandardCharsets.UTF_8);
            String absolute = directory.resolve(file).normalize().toString();
            return match.group(1) + "=" + URLEncoder.encode(absolute, StandardCharsets.UTF_8);
        });
    }

    static Optional<Diagnostic> problem(DatabaseSettings database) {
        return Stream.concat(Stream.of(database.url()), database.applicationUrl().stream())
                .flatMap(url -> problem(database, url).stream())
                .findFirst();
    }

    private static Optional<Diagnostic> problem(DatabaseSettings database, String url) {
        if (CREDENTIALS.matcher(url).find()) {
            return Optional.of(Diagnostic.error(
                            PostgresProblem.CREDENTIALS_IN_URL,
                            "The url of database " + database.name() + " holds a user or a password.",
                            "Take them out of the url; use the settings user and password "
                                    + "({env: VARIABLE} or {file: /path}).")
                    .about(database.address()));
        }
        if (!url.startsWith("jdbc:postgresql://") || Driver.parseURL(url, null) == null) {
            return Optional.of(Diagnostic.error(
                            PostgresProblem.INVALID_URL,
                            "The url of database " + database.name() + " is not a PostgreSQL JDBC URL.",
                            "Write it as jdbc:postgresql://host:5432/database.")
                    .about(database.address()));
        }
        return Optional.empty();
    }
}
