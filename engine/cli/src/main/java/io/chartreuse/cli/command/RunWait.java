package io.chartreuse.cli.command;

import io.chartreuse.cli.insight.NextStep;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.lock.Sleeper;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Waits, without taking the lock, until no run of the release is under way. */
final class RunWait {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Session session;
    private final InstantSource clock;
    private final Console console;

    RunWait(Session session, InstantSource clock, Console console) {
        this.session = session;
        this.clock = clock;
        this.console = console;
    }

    /**
     * Returns when none is under way.
     *
     * @param patience how long to wait
     * @throws ChartreuseException where one is under way all that time
     */
    void await(Duration patience) throws InterruptedException {
        Instant last = clock.instant().plus(patience);
        boolean said = false;
        for (Optional<Lease> run = running(); run.isPresent(); run = running()) {
            if (!clock.instant().isBefore(last)) {
                throw underWay(run.get(), patience);
            }
            if (!said) {
                console.err().line("A run of " + run.get().holder() + " is under way: waiting for its end.");
                said = true;
            }
            Sleeper.REAL.sleep(BETWEEN_LOOKS);
        }
    }

    private Optional<Lease> running() {
        return session.lock().filter(lease -> NextStep.isAlive(lease, clock.instant()));
    }

    private static ChartreuseException underWay(Lease lease, Duration patience) {
        return new ChartreuseException(Diagnostic.error(
                CliError.HOLDER_ALIVE,
                "a run of " + lease.holder() + " is still under way after " + patience.toSeconds()
                        + " s: nothing was planned",
                "Wait for its end, which `chartreuse status` shows, then try again."));
    }
}
