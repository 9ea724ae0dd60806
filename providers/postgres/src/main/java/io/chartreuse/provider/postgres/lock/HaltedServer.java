package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.ServerProbe;
import java.time.Duration;
import java.util.function.Consumer;
import org.postgresql.util.HostSpec;

/**
 * Ends what waits for a server that answers nothing any more. Asked only once the idle session of the lock got no answer; a
 * server that executes something long answers a new connection, and nothing of it is cut off. For one thread.
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

    /** Whether the last looks got no answer, and it is not certain yet. */
    boolean isSuspected() {
        return silent > 0 && silent < LOOKS;
    }

    /** Looks once; ends all where that was one time too many. */
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
