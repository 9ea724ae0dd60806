package io.chartreuse.provider.postgres.server;

import org.postgresql.ds.PGSimpleDataSource;

/** The parameters of a JDBC URL for migrations, where the URL does not set them itself. */
final class WhereToConnect {

    private WhereToConnect() {}

    /**
     * Among several hosts the primary is meant: the driver's own choice would be the first that answers. A server that
     * vanishes without a word is noticed by {@link KeepAliveSockets}.
     */
    static void refine(PGSimpleDataSource source, String url) {
        if (source.getServerNames().length > 1 && !url.contains("targetServerType=")) {
            source.setTargetServerType("primary");
        }
        new Authentication(url).allowed().ifPresent(source::setRequireAuth);
        if (!asksForDetails(url)) {
            source.setLogServerErrorDetail(false);
        }
        if (!url.contains("socketFactory=")) {
            source.setSocketFactory(KeepAliveSockets.class.getName());
        }
    }

    /**
     * Whether the URL asks to show the rows that a server adds to its errors. Without it they are hidden; the driver's
     * own default is to show them.
     */
    static boolean asksForDetails(String url) {
        return url.contains("logServerErrorDetail=true");
    }

    /**
     * Restricts a session that only reads. Does not use a start-up option, because the driver takes a server with
     * read-only transactions for a standby.
     */
    static void restrict(PGSimpleDataSource source, SessionPurpose session) {
        if (session.readOnly()) {
            source.setReadOnly(true);
            source.setReadOnlyMode("always");
        }
    }
}
