package io.chartreuse.provider.postgres.server;

import org.postgresql.ds.PGSimpleDataSource;

/** What a URL means to somebody who migrates, where it does not say otherwise itself. */
final class WhereToConnect {

    private WhereToConnect() {}

    /**
     * Among several hosts the primary is meant: the driver's own choice would be the first that answers. A server that
     * vanishes without a word is noticed by {@link KeptAlive}.
     */
    static void refine(PGSimpleDataSource source, String url) {
        if (source.getServerNames().length > 1 && !url.contains("targetServerType=")) {
            source.setTargetServerType("primary");
        }
        new Authentication(url).allowed().ifPresent(source::setRequireAuth);
        if (!url.contains("socketFactory=")) {
            source.setSocketFactory(KeptAlive.class.getName());
        }
    }

    /**
     * Lets a session that only looks do nothing else. Not by an option of its start-up: the driver takes a server whose
     * transactions are read-only for a standby.
     */
    static void restrict(PGSimpleDataSource source, Session session) {
        if (session.readOnly()) {
            source.setReadOnly(true);
            source.setReadOnlyMode("always");
        }
    }
}
