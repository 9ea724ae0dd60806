package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.Diagnostic;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A failure to encrypt a connection, for a reason on the client's side. */
final class EncryptionFailure {

    private static final String NOT_SUPPORTED = "08004";

    /** The driver's class that compares names; it appears in the error in every language. */
    private static final String WRONG_HOST = "hostnameverifier";

    private final Connector connector;

    EncryptionFailure(Connector connector) {
        this.connector = connector;
    }

    /** Whether it is such a failure. The server's own errors are not: they have their own reason. */
    static boolean is(SQLException failure) {
        String message = DriverFailure.message(failure).toLowerCase(Locale.ROOT);
        return DriverFailure.server(failure).isEmpty()
                && (caused(failure, SSLException.class) || message.contains("ssl") || message.contains(WRONG_HOST));
    }

    Diagnostic diagnostic(SQLException failure) {
        return Diagnostic.error(
                        PostgresProblem.ENCRYPTION_FAILED,
                        "Database " + connector.database().name() + " at " + connector.place()
                                + ": no encrypted connection as the url wants it: " + DriverFailure.message(failure),
                        remedy(failure))
                .about(connector.database().address());
    }

    private static String remedy(SQLException failure) {
        if (NOT_SUPPORTED.equals(failure.getSQLState())) {
            return "Switch ssl on at the server, or take a lower sslmode: prefer encrypts where the server can.";
        }
        if (caused(failure, CertPathBuilderException.class) || caused(failure, CertPathValidatorException.class)) {
            return "Let sslrootcert in the url name the file with the certificate (PEM) of the authority that signed "
                    + "the server's, and check that this one has not expired.";
        }
        if (DriverFailure.message(failure).toLowerCase(Locale.ROOT).contains(WRONG_HOST)) {
            return "Use a host name in the url that stands in the server's certificate, or sslmode=verify-ca, "
                    + "which does not compare names.";
        }
        return "Check sslmode, sslrootcert, sslcert and sslkey in the url; relative paths start at the configuration's "
                + "directory.";
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(type::isInstance);
    }
}
