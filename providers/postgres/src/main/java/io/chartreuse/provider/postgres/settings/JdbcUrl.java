package io.chartreuse.provider.postgres.settings;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.Diagnostic;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/** What is wrong with a URL. Says nothing of what stands in it: that might be a password. */
final class JdbcUrl {

    private static final Pattern CREDENTIALS =
            Pattern.compile("[?&](user|password|sslpassword)=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

    private JdbcUrl() {}

    static Optional<Diagnostic> problem(DatabaseSettings database) {
        if (CREDENTIALS.matcher(database.url()).find()) {
            return Optional.of(Diagnostic.error(
                            PostgresProblem.CREDENTIALS_IN_URL,
                            "The url of database " + database.name() + " holds a user or a password.",
                            "Take them out of the url; use the settings user and password "
                                    + "({env: VARIABLE} or {file: /path}).")
                    .about(database.address()));
        }
        if (!database.url().startsWith("jdbc:postgresql://") || Driver.parseURL(database.url(), null) == null) {
            return Optional.of(Diagnostic.error(
                            PostgresProblem.INVALID_URL,
                            "The url of database " + database.name() + " is not a PostgreSQL JDBC URL.",
                            "Write it as jdbc:postgresql://host:5432/database.")
                    .about(database.address()));
        }
        return Optional.empty();
    }
}
