package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Explains failures of the driver. */
public final class DriverFailure {

    /** The URL in the driver's messages, with all its parameters, including those that were set in other ways. */
    private static final Pattern WHOLE_URL = Pattern.compile("jdbc:postgresql:\\S*");

    private final Connector connector;

    public DriverFailure(Connector connector) {
        this.connector = connector;
    }

    /** The failure as an exception for people; the driver's own is its cause. */
    public ChartreuseException explain(SQLException failure) {
        return new ChartreuseException(diagnostic(failure), failure);
    }

    /** The server's message, without the driver's additions: {@code permission denied for schema public}. */
    public static String message(SQLException failure) {
        return server(failure)
                .map(ServerErrorMessage::getMessage)
                .or(() -> Optional.ofNullable(failure.getMessage()))
                .map(text ->
                        WHOLE_URL.matcher(text.lines().findFirst().orElse("")).replaceAll("the url"))
                .orElse("no message");
    }

    /** The server's detailed error, if the error comes from a server. */
    public static Optional<ServerErrorMessage> server(SQLException failure) {
        return failure instanceof PSQLException refused
                ? Optional.ofNullable(refused.getServerErrorMessage())
                : Optional.empty();
    }

    /**
     * The server's detail beside its message, such as the rows in the way. They are the application's data, so they are
     * shown only where the URL asks for them with {@code logServerErrorDetail=true}.
     *
     * @return in one line; empty without a detail
     */
    public String detail(SQLException failure) {
        Optional<String> detail = server(failure).map(ServerErrorMessage::getDetail);
        if (detail.isEmpty()) {
            return "";
        }
        return WhereToConnect.asksForDetails(connector.database().url())
                ? " " + oneLine(detail.get())
                : " Its detail is left out, as it may hold data (logServerErrorDetail=true in the url shows it; the server's"
                        + " log has it).";
    }

    /** The server's hint. */
    public static Optional<String> hint(SQLException failure) {
        return server(failure).map(ServerErrorMessage::getHint).map(DriverFailure::oneLine);
    }

    /**
     * Joins the lines, so that no line of a foreign text can pass for Chartreuse's output or for a command to a
     * pipeline.
     */
    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private Diagnostic diagnostic(SQLException failure) {
        String state = Optional.ofNullable(failure.getSQLState()).orElse("");
        if (Pooler.refusesOptions(failure)) {
            return new Pooler(connector)
                    .diagnostic("refuses start-up options")
                    .about(connector.database().address());
        }
        if (server(failure).isEmpty() && message(failure).contains("requireAuth")) {
            return method(failure).about(connector.database().address());
        }
        if (EncryptionFailure.is(failure)) {
            return new EncryptionFailure(connector).diagnostic(failure);
        }
        Diagnostic diagnostic = switch (state) {
            case "28P01", "28000", "08004" -> credentials(failure);
            case "3D000" -> database();
            case "08001", "08006", "08003", "57P03", "57P01" -> unreachable(failure);
            case "53100", "53200", "53300" -> shortage(failure);
            default -> other(failure, state);
        };
        return diagnostic.about(connector.database().address());
    }

    private Diagnostic credentials(SQLException failure) {
        return Diagnostic.error(
                PostgresProblem.CREDENTIALS_REFUSED,
                name() + " at " + connector.place() + " refuses "
                        + connector
                                .database()
                                .user()
                                .map(user -> "user " + user)
                                .orElse("the login") + ": "
                        + message(failure),
                "Check user and password of postgres.databases." + name(connector)
                        + " and whether the server's pg_hba.conf lets this host in."
                        + (connector.database().password().isPresent()
                                ? ""
                                : " No password is set: what PGPASSFILE names, or ~/.pgpass, must be readable and have "
                                        + "a line that fits."));
    }

    private Diagnostic method(SQLException failure) {
        return Diagnostic.error(
                PostgresProblem.AUTHENTICATION_METHOD,
                name() + " at " + connector.place() + " asks for the password in a way that could give it away: "
                        + message(failure),
                "Let the server keep the password for SCRAM (password_encryption = scram-sha-256, then set the password"
                        + " anew, and scram-sha-256 in pg_hba.conf); or prove the server with sslmode=verify-full in the"
                        + " url; or allow the method: requireAuth=md5 or requireAuth=password in the url.");
    }

    private Diagnostic database() {
        return Diagnostic.error(
                PostgresProblem.UNKNOWN_DATABASE,
                name() + ": there is no such database on the server (" + connector.place() + ").",
                "Check the name at the end of the url, or create the database.");
    }

    private Diagnostic unreachable(SQLException failure) {
        return Diagnostic.error(
                PostgresProblem.UNREACHABLE,
                name() + " at " + connector.place() + " cannot be reached: " + unreached(failure),
                "Check host and port of the url, and that the server is up and reachable from here; "
                        + "connectTimeout says how long to wait.");
    }

    /** The driver says of an unknown host only that the attempt failed. */
    private static String unreached(SQLException failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> network(cause).stream())
                .findFirst()
                .orElseGet(() -> message(failure));
    }

    private static Optional<String> network(Throwable cause) {
        if (cause instanceof UnknownHostException && cause.getMessage() != null) {
            return Optional.of("host " + cause.getMessage().split(":", 2)[0] + " is unknown (DNS)");
        }
        return cause instanceof SocketTimeoutException
                ? Optional.of("it did not answer in time (" + cause.getMessage() + ")")
                : Optional.empty();
    }

    private Diagnostic shortage(SQLException failure) {
        ServerShortage shortage = ServerShortage.of(failure).orElseThrow();
        return Diagnostic.error(
                PostgresProblem.OUT_OF_RESOURCES,
                name() + " at " + connector.place() + " is out of " + shortage.what() + ": " + message(failure)
                        + " (SQLSTATE " + failure.getSQLState() + ")",
                shortage.remedy() + ".");
    }

    private Diagnostic other(SQLException failure, String state) {
        return Diagnostic.error(
                PostgresProblem.REFUSED,
                name() + " at " + connector.place() + " refused: " + message(failure) + " (SQLSTATE " + state + ")",
                hint(failure).orElse("Look up the SQLSTATE in PostgreSQL's manual and the time in the server's log."));
    }

    private String name() {
        return "Database " + name(connector);
    }

    private static String name(Connector connector) {
        return connector.database().name();
    }
}
