package io.chartreuse.provider.postgres.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.model.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Provides connections to one database. Opens none itself; reads the password anew for each connection. */
public final class Connector {

    /** A server that does not answer a reader for longer than this counts as gone. */
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

    private final DatabaseSettings database;
    private final Secrets secrets;
    private final Route route;
    private final Servers servers;
    private final OpenSessions sessions = new OpenSessions();

    /** @param servers knows the hosts of a database that takes them from its cluster */
    public Connector(DatabaseSettings database, Secrets secrets, Servers servers) {
        this.database = Objects.requireNonNull(database, "database");
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.servers = Objects.requireNonNull(servers, "servers");
        this.route = new Route(database, servers);
    }

    public Connector(DatabaseSettings database, Secrets secrets) {
        this(database, secrets, Servers.NONE);
    }

    /** The database that it connects to. */
    public DatabaseSettings database() {
        return database;
    }

    /** The same for the server at that one address, {@code host:port}. */
    public Connector at(String address) {
        return new Connector(database.at(Route.led(database.url(), List.of(address))), secrets, servers);
    }

    /** The sessions and processes that wait for its server now. */
    public OpenSessions sessions() {
        return sessions;
    }

    /** Knows the cluster behind it, if one is configured. */
    public Servers servers() {
        return servers;
    }

    /** The setting without which the server cannot be found; empty where all are set. Asks no server. */
    public Optional<Diagnostic> unmet() {
        return route.problem();
    }

    /**
     * The source of connections for that purpose. Opening one throws a {@link
     * io.chartreuse.spi.model.ChartreuseException} where the password's reference cannot be resolved.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the hosts are to come from a cluster that does not
     *     return them
     */
    public DataSource source(SessionPurpose session) {
        SessionSource source = new SessionSource(
                () -> database.password().map(this::secret),
                !session.readOnly(),
                session.readOnly() ? READ_TIMEOUT : Duration.ZERO,
                sessions);
        String url = route.url();
        source.setUrl(url);
        database.user().ifPresent(source::setUser);
        source.setApplicationName(session.application());
        if (!session.usersPath()) {
            source.setCurrentSchema(null); // it would prevail over the options
        }
        source.setOptions(Stream.of(source.getOptions(), startup(session))
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining(" ")));
        WhereToConnect.refine(source, url);
        WhereToConnect.restrict(source, session);
        bound(source);
        return source;
    }

    /** The start-up options of a session for that purpose, as {@code PGOPTIONS} takes them: {@code -c name=value …}. */
    public String startup(SessionPurpose session) {
        String limits = session.readOnly() ? "" : StartupOptions.limits(database.locks());
        return Stream.of(StartupOptions.MARK, StartupOptions.KEEPALIVE, limits, session.options())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(" "));
    }

    /** {@code host:port/name}, for people. */
    public String place() {
        return DatabaseLocation.of(plain()).toString();
    }

    Secret secret(JsonNode reference) {
        return secrets.resolve(reference);
    }

    /** The password as it is now; empty where none is configured. */
    public Optional<Secret> password() {
        return database.password().map(secrets::resolve);
    }

    PGSimpleDataSource plain() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        String url = route.last();
        source.setUrl(url);
        WhereToConnect.refine(source, url);
        return source;
    }

    /**
     * Each host gets the configured time to connect and to authenticate, so that a host which accepts and stays silent
     * does not block the next. A session that migrates is never cut off by a socket timeout.
     */
    private void bound(SessionSource source) {
        int seconds = Math.toIntExact(Math.max(1, (database.connectTimeout().toMillis() + 999) / 1000));
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds * (source.getServerNames().length + 1));
        source.setTcpKeepAlive(true);
        source.boundWhileOpening(seconds);
    }
}
