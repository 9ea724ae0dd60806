package io.chartreuse.provider.postgres.settings;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.text.UrlParameters;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Finds the problems of a URL. Never quotes the URL, because that might contain a password. */
final class JdbcUrl {

    private static final Pattern CREDENTIALS =
            Pattern.compile("[?&](user|password|sslpassword)=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

    private static final Pattern FILE = Pattern.compile("(?<=[?&])(sslrootcert|sslcert|sslkey)=([^&]+)");

    /** A directory or an abstract name where a host belongs, as libpq takes it. */
    private static final Pattern SOCKET = Pattern.compile(
            "^jdbc:postgresql://(?:%2F|%40|@|[^?]*[?](?:.*&)?(?:host|PGHOST)=(?:[^&]*,)?(?:/|%2F|@|%40))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SERVICE = Pattern.compile("[?&]service=");

    private static final UrlParameters PARAMETERS = new UrlParameters(Stream.concat(
                    Arrays.stream(PGProperty.values()).map(JdbcUrl::known),
                    // The names that the driver takes for PGHOST, PGPORT and PGDBNAME.
                    Stream.of("host", "port", "dbname").map(name -> new UrlParameters.Known(name, List.of(), "")))
            .toList());

    private JdbcUrl() {}

    /** Hosts, ports and requireAuth may be lists; ssl has no usual value and is a truth value all the same. */
    private static UrlParameters.Known known(PGProperty property) {
        List<String> choices = property.getChoices() == null || property == PGProperty.REQUIRE_AUTH
                ? List.of()
                : List.of(property.getChoices());
        String usual = property == PGProperty.SSL ? "false" : property.getDefaultValue();
        boolean text = usual == null || property.getName().startsWith("PG");
        return new UrlParameters.Known(property.getName(), choices, text ? "" : usual);
    }

    /** The same, with the certificates' relative paths starting at that directory instead of the process's. */
    static String located(String url, Path directory) {
        return FILE.matcher(url).replaceAll(match -> {
            try {
                String file = URLDecoder.decode(match.group(2), StandardCharsets.UTF_8);
                String absolute = directory.resolve(file).normalize().toString();
                return match.group(1) + "=" + URLEncoder.encode(absolute, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                // Refused as it is, with the rest of the url.
                return Matcher.quoteReplacement(match.group());
            }
        });
    }

    /** All that is wrong with the urls of that database, each with its setting. */
    static List<Diagnostic> problems(DatabaseSettings database) {
        String ours = database.applicationUrl().isPresent() ? "migrationUrl" : "url";
        return Stream.concat(
                        problems(database, ours, database.url()).stream(),
                        database.applicationUrl().stream().flatMap(url -> problems(database, "url", url).stream()))
                .toList();
    }

    private static List<Diagnostic> problems(DatabaseSettings database, String setting, String url) {
        String name = "The " + setting + " of database " + database.name();
        Location place = Location.ofSetting("/postgres/databases/" + database.name() + "/" + setting);
        return faults(name, url).stream()
                .map(fault -> fault.about(database.address()).at(place))
                .toList();
    }

    private static List<Diagnostic> faults(String name, String url) {
        if (CREDENTIALS.matcher(url).find()) {
            return List.of(Diagnostic.error(
                    PostgresProblem.CREDENTIALS_IN_URL,
                    name + " holds a user or a password.",
                    "Take them out of the url; use the settings user and password "
                            + "({env: VARIABLE} or {file: /path})."));
        }
        if (!url.startsWith("jdbc:postgresql://")) {
            return List.of(notAUrl(name));
        }
        if (SOCKET.matcher(url).find()) {
            return List.of(Diagnostic.error(
                    PostgresProblem.INVALID_URL,
                    name + " leads to a Unix socket, which is not supported.",
                    "Name host and port: jdbc:postgresql://localhost:5432/database. The server listens there where its "
                            + "listen_addresses says so."));
        }
        Optional<Path> pipe = DriverFiles.of(url).filter(DriverFiles::isPipe).findFirst();
        if (pipe.isPresent()) {
            return List.of(
                    Diagnostic.error(
                            PostgresProblem.INVALID_URL,
                            name + " needs " + pipe.get() + ", which is a pipe, a socket or a device, and not a file.",
                            "Write its content into a file. A password may come from a pipe by the setting password: {file: …}."));
        }
        List<Diagnostic> faults = PARAMETERS.faults(url).stream()
                .map(fault ->
                        Diagnostic.error(PostgresProblem.INVALID_URL, name + " " + fault.what() + ".", fault.remedy()))
                .toList();
        return faults.isEmpty() && Driver.parseURL(url, null) == null ? List.of(unreadable(name, url)) : faults;
    }

    private static Diagnostic unreadable(String name, String url) {
        return SERVICE.matcher(url).find()
                ? Diagnostic.error(
                        PostgresProblem.INVALID_URL,
                        name + " names a service that no pg_service.conf defines.",
                        "Define it in the file that PGSERVICEFILE names (else ~/.pg_service.conf), or name host, port and "
                                + "database in the url.")
                : notAUrl(name);
    }

    private static Diagnostic notAUrl(String name) {
        return Diagnostic.error(
                PostgresProblem.INVALID_URL,
                name + " is not a PostgreSQL JDBC URL.",
                "Write it as jdbc:postgresql://host:5432/database, with %25 for a % in a parameter's value.");
    }
}
