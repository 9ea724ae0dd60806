package io.chartreuse.provider.postgres.server;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connection parameters of {@link Connector} as libpq's environment variables, for a process that connects by
 * itself. Passes on those parameters of the URL that both know.
 */
public final class LibpqEnvironment {

    private static final Map<PGProperty, String> SAME = Map.of(
            PGProperty.SSL_MODE, "PGSSLMODE",
            PGProperty.SSL_ROOT_CERT, "PGSSLROOTCERT",
            PGProperty.SSL_CERT, "PGSSLCERT",
            PGProperty.GSS_ENC_MODE, "PGGSSENCMODE",
            PGProperty.CHANNEL_BINDING, "PGCHANNELBINDING",
            PGProperty.KERBEROS_SERVER_NAME, "PGKRBSRVNAME");

    private final Connector connector;
    private final PGSimpleDataSource source;
    private final Properties url;

    /** Takes the hosts of the last connection, because a cluster's members change. */
    public LibpqEnvironment(Connector connector) {
        this.connector = connector;
        this.source = connector.plain();
        this.url = Optional.ofNullable(Driver.parseURL(connector.database().url(), null))
                .orElseGet(Properties::new);
    }

    /** Host, port, database and user: {@code PGHOST}, {@code PGPORT}, {@code PGDATABASE}, {@code PGUSER}. */
    public Map<String, String> place() {
        Map<String, String> variables = new TreeMap<>();
        variables.put(
                "PGHOST",
                Arrays.stream(source.getServerNames())
                        .map(host -> host.replaceAll("[\\[\\]]", ""))
                        .collect(Collectors.joining(",")));
        variables.put(
                "PGPORT",
                Arrays.stream(source.getPortNumbers())
                        .mapToObj(port -> String.valueOf(port == 0 ? 5432 : port))
                        .collect(Collectors.joining(",")));
        Optional.ofNullable(source.getDatabaseName()).ifPresent(name -> variables.put("PGDATABASE", name));
        connector.database().user().ifPresent(name -> variables.put("PGUSER", name));
        return variables;
    }

    /**
     * All that a session for that purpose needs, the password included.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the password's reference leads nowhere
     */
    public Map<String, String> of(SessionPurpose session) {
        Map<String, String> variables = place();
        connector.password().ifPresent(password -> variables.put("PGPASSWORD", password.reveal()));
        variables.put("PGAPPNAME", session.application());
        variables.put("PGOPTIONS", options(session));
        long seconds = (connector.database().connectTimeout().toMillis() + 999) / 1000;
        variables.put("PGCONNECT_TIMEOUT", String.valueOf(Math.max(2, seconds)));
        SAME.forEach((property, variable) -> given(property).ifPresent(value -> variables.put(variable, value)));
        // libpq ignores it before version 16.
        new Authentication(connector.database().url())
                .allowed()
                .ifPresent(methods -> variables.put("PGREQUIREAUTH", methods));
        given(PGProperty.SSL)
                .filter(value -> !value.equals("false") && !variables.containsKey("PGSSLMODE"))
                .ifPresent(value -> variables.put("PGSSLMODE", "verify-full"));
        // libpq reads PEM files only.
        given(PGProperty.SSL_KEY)
                .filter(file -> !file.matches(".*\\.(pk8|p12|pfx|der)"))
                .ifPresent(file -> variables.put("PGSSLKEY", file));
        target(session).ifPresent(value -> variables.put("PGTARGETSESSIONATTRS", value));
        return variables;
    }

    /** The start-up options: those of the URL, then the session's own, which prevail. */
    private String options(SessionPurpose session) {
        Optional<String> schema = given(PGProperty.CURRENT_SCHEMA)
                .map(path -> "-c search_path=" + path.replaceAll("([\\\\\\s])", "\\\\$1"));
        String readOnly = session.readOnly() ? "-c default_transaction_read_only=on" : "";
        return Stream.of(
                        Optional.ofNullable(source.getOptions()),
                        schema,
                        Optional.of(readOnly),
                        Optional.of(connector.startup(session)))
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(" "));
    }

    /**
     * Selects the primary among several hosts. A session that may not write needs {@code primary}: for libpq's {@code
     * read-write} it would look like a standby's.
     */
    private Optional<String> target(SessionPurpose session) {
        return source.getServerNames().length > 1
                ? Optional.ofNullable(source.getTargetServerType())
                        .filter(type -> type.equals("primary") || type.equals("master"))
                        .map(type -> session.readOnly() ? "primary" : "read-write")
                : Optional.empty();
    }

    private Optional<String> given(PGProperty property) {
        return Optional.ofNullable(property.getOrNull(url));
    }
}
