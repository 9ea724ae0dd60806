package io.chartreuse.provider.postgres.server;

/**
 * The application names of Chartreuse's sessions: {@code chartreuse <release> <run>}; without a run, {@code chartreuse
 * <release>}; for the session with a run's lock, {@code chartreuse-lock <release> <run>}.
 */
public final class ApplicationName {

    /** A pattern for SQL's {@code LIKE} that matches the sessions of runs, and not those that only read. */
    public static final String OF_A_RUN = "chartreuse % %";

    /** The server's limit, in bytes. */
    private static final int LENGTH = 63;

    private ApplicationName() {}

    /** The name of the session that holds the lock for the run with that name. */
    public static String lock(String application) {
        return application.replaceFirst("^chartreuse ", "chartreuse-lock ");
    }

    /** The run that holds a lock, from the name of the session that does. */
    public static String lockedBy(String application) {
        return application.replaceFirst("^chartreuse-lock ", "chartreuse ");
    }

    /** As the server will keep it. A name that is too long is cut in the middle, because the run must stay legible. */
    static String fitting(String application) {
        String ascii = application.replaceAll("[^\\x20-\\x7e]", "?");
        int excess = ascii.length() - LENGTH;
        if (excess <= 0) {
            return ascii;
        }
        int run = ascii.lastIndexOf(' ');
        return run - excess - 1 > ascii.indexOf(' ')
                ? ascii.substring(0, run - excess - 1) + "~" + ascii.substring(run)
                : ascii.substring(0, LENGTH);
    }
}
