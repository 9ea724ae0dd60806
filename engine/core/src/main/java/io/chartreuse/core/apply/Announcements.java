package io.chartreuse.core.apply;

import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.backend.Announcement;
import io.chartreuse.spi.backend.Announcer;
import io.chartreuse.spi.backend.Backend;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports events of a run through its backend, if the backend is an {@link Announcer}. Never fails: a run goes on when
 * an event cannot be announced.
 */
final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final Announcer announcer;
    private final UnaryOperator<String> redact;

    private Announcements(Announcer announcer, UnaryOperator<String> redact) {
        this.announcer = announcer;
        this.redact = redact;
    }

    static Announcements through(Backend backend, UnaryOperator<String> redact) {
        return new Announcements(
                backend instanceof Announcer able ? able : announcement -> LOG.debug("{}", announcement), redact);
    }

    void begun(Run run, boolean resumed) {
        String what = (resumed ? "goes on with plan " : "executes plan ") + run.planId();
        tell(run, resumed ? "RunResumed" : "RunBegun", "Run " + run.id() + " " + what + " by " + run.actor(), false);
    }

    /**
     * Announced before the end of the run, so that the failure is never announced alone.
     *
     * @param why of workloads that are held the whole sentence
     */
    void recovered(Run run, Recovery recovery, String why) {
        switch (recovery) {
            case HELD -> tell(run, "RunHeld", why, true);
            case RESTORED -> tell(run, "RunRestored", "Workloads were brought back: " + why, false);
            case FAILED ->
                tell(run, "RunNotRestored", "Not every workload could be brought back: chartreuse restore", true);
            case NONE -> LOG.debug("nothing was stopped by run {}", run.id());
        }
    }

    void ended(Run run, String problems) {
        String what = "Run " + run.id() + " " + run.outcome().word() + (problems.isEmpty() ? "" : ": " + problems);
        tell(run, reason(run.outcome()), what, run.outcome() != Outcome.SUCCEEDED);
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "RunSucceeded";
            case INTERRUPTED -> "RunInterrupted";
            default -> "RunFailed";
        };
    }

    private void tell(Run run, String reason, String message, boolean problem) {
        try {
            announcer.announce(new Announcement(run.id(), reason, redact.apply(message), problem));
        } catch (RuntimeException unheard) {
            LOG.debug("{} of run {} could not be announced", reason, run.id(), unheard);
        }
    }
}
