package io.chartreuse.cli.logging;

import io.chartreuse.cli.view.Printer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets the JDK's logging up for this process. Called once, before the first command does anything. */
public final class Logging {

    /** Loggers whose levels are set are kept here, or the collector would take them and their levels. */
    private static final List<Logger> KEPT = List.of(
            Logger.getLogger(""),
            Logger.getLogger("io.chartreuse"),
            Logger.getLogger("java"),
            Logger.getLogger("javax"),
            Logger.getLogger("jdk"),
            Logger.getLogger("sun"));

    /** Writes the headers of requests, the one that authorizes them included. */
    private static final Logger HEADERS = Logger.getLogger("io.fabric8.kubernetes.client.http.HttpLoggingInterceptor");

    /** Writes each connection's url and options, where people may have put a secret by mistake, and what statements are given. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private Logging() {}

    /**
     * Logs Chartreuse's warnings, and nothing from libraries: Chartreuse's own errors report their problems better.
     * With {@code debug} it logs all messages of both, stack traces included.
     *
     * @param redact masks secrets in everything that is logged
     */
    public static void configure(Printer printer, boolean debug, LogFormat format, UnaryOperator<String> redact) {
        LogManager.getLogManager().reset();
        Formatter form = format == LogFormat.json ? new LogEntry(debug, redact) : new LogLine(debug, redact);
        KEPT.get(0).addHandler(new LogHandler(printer, form));
        KEPT.get(0).setLevel(debug ? Level.ALL : Level.OFF);
        KEPT.get(1).setLevel(debug ? Level.ALL : Level.WARNING);
        HEADERS.setLevel(Level.OFF);
        DRIVER.setLevel(debug ? Level.INFO : Level.OFF);
        // The Java platform's own messages do not help the user.
        KEPT.subList(2, KEPT.size()).forEach(logger -> logger.setLevel(debug ? Level.INFO : Level.OFF));
    }
}
