package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.ServerProbe;
import java.time.Duration;
import java.util.function.Consumer;
import org.postgresql.util.HostSpec;

/**
 * Ends the sessions of a server that no longer answers. Asked only when the idle session of the lock got no answer. A
 * server that executes something long still answers a new connection, so its sessions are kept. For one thread.
 */
final class HaltedServer {

    private static final int LOOKS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Connector connector;
    private final Consumer<String> report;
    private int silent;

    HaltedServer(Connector connector, Consumer<String> report) {
        this.connector = connector;
        this.report = report;
    }

    /** Whether the last checks got no answer, but too few of them to be certain. */
    boolean isSuspected() {
        return silent > 0 && silent < LOOKS;
    }

    /** Checks once; ends all sessions after too many checks without an answer. */
    void look(HostSpec server) {
        if (silent >= LOOKS) {
            return;
        }
        silent = ServerProbe.answers(server, PATIENCE) ? 0 : silent + 1;
        if (silent == LOOKS) {
            report.accept("is at a server, " + server + ", that answers no new connection: what waits for it is ended");
            connector.sessions().end(server);
        }
    }

    /** A session was opened again. */
    void forget() {
        silent = 0;
    }
}
