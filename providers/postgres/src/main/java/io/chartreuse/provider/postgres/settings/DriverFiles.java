package io.chartreuse.provider.postgres.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGEnvironment;

/**
 * The files that the driver reads for a URL by itself, in the places where it looks for them. It would wait for ever
 * for a pipe's content.
 */
final class DriverFiles {

    private static final Pattern NAMED = Pattern.compile("[?&](sslrootcert|sslcert|sslkey)=([^&]+)");
    private static final Pattern SERVICE = Pattern.compile("[?&]service=");

    private DriverFiles() {}

    /**
     * Includes files that do not exist. The driver looks for passwords as soon as it reads a URL, even where it needs
     * none.
     */
    static Stream<Path> of(String url) {
        Stream<String> named = NAMED.matcher(url).results().map(match -> decoded(match.group(2)));
        Stream<String> services = SERVICE.matcher(url).find() ? services() : Stream.empty();
        String passwords = place(PGEnvironment.ORG_POSTGRESQL_PGPASSFILE, PGEnvironment.PGPASSFILE);
        return Stream.of(named, services, Stream.of(passwords))
                .flatMap(names -> names)
                .flatMap(name -> path(name).stream());
    }

    /** Whether something is there that is neither a file nor a directory. */
    static boolean isPipe(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    private static Stream<String> services() {
        Stream<String> shared = Stream.ofNullable(System.getenv(PGEnvironment.PGSYSCONFDIR.getName()))
                .map(folder -> folder.strip() + "/" + PGEnvironment.PGSERVICEFILE.getDefaultValue());
        return Stream.concat(
                Stream.of(place(PGEnvironment.ORG_POSTGRESQL_PGSERVICEFILE, PGEnvironment.PGSERVICEFILE)), shared);
    }

    private static String place(PGEnvironment property, PGEnvironment variable) {
        return Stream.of(System.getProperty(property.getName()), System.getenv(variable.getName()))
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .map(String::strip)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), "." + variable.getDefaultValue())
                        .toString());
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // the url is refused for it
        }
    }

    private static Optional<Path> path(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
