package io.chartreuse.provider.postgres.resume;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.pause.GrowingPauses;
import io.chartreuse.provider.postgres.pause.Pause;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Loss;
import io.chartreuse.provider.postgres.server.Primacy;
import io.chartreuse.provider.postgres.server.Remains;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.DurationText;
import io.chartreuse.spi.Progress;
import io.chartreuse.spi.Stopped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks for the primary of one database until it answers and takes writes, or the budget is over. */
public final class PrimarySearch {

    private final Connector connector;
    private final String application;
    private final Supplier<Assessment> assess;
    private final Clock clock;
    private final Pause pause;
    private final GrowingPauses pauses;

    /**
     * @param application what sessions that migrate call themselves; see {@link Remains}
     * @param assess      reads the database anew
     * @param pauses      between two looks
     */
    public PrimarySearch(
            Connector connector,
            String application,
            Supplier<Assessment> assess,
            Clock clock,
            Pause pause,
            GrowingPauses pauses) {
        this.connector = connector;
        this.application = application;
        this.assess = assess;
        this.clock = clock;
        this.pause = pause;
        this.pauses = pauses;
    }

    /**
     * The database on its primary.
     *
     * @throws ChartreuseException where none is found within the budget, or time would not help
     * @throws Stopped             where the step is asked to end meanwhile
     */
    public Sighting find(Progress progress) throws InterruptedException {
        return find(this::look, progress);
    }

    /** What became of a transaction that was under way when a connection was lost. */
    TransactionFate fate(long transaction) {
        return TransactionFate.of(connector, application, transaction);
    }

    /**
     * The same after a connection was lost.
     *
     * @param rollBack whether what the lost session still does is ended first, and its end awaited
     */
    public Sighting findAgain(boolean rollBack, Progress progress) throws InterruptedException {
        return find(
                () -> {
                    Primacy primacy = Primacy.read(connector, application);
                    Remains remains = primacy.writable() && rollBack
                            ? Remains.end(connector, application)
                            : Remains.read(connector, application);
                    return rollBack && !remains.executing().isEmpty()
                            ? new Look(Optional.empty(), "its session still ends")
                            : look(primacy, remains);
                },
                progress);
    }

    private Look look() {
        return look(Primacy.read(connector, application), Remains.NONE);
    }

    private Look look(Primacy primacy, Remains remains) {
        if (primacy.writable()) {
            return new Look(Optional.of(new Sighting(assess.get(), primacy, remains)), "");
        }
        String why = primacy.standby() ? "is a standby" : "is read-only (default_transaction_read_only)";
        return new Look(Optional.empty(), connector.place() + " " + why);
    }

    /** What one look found, or why it did not. */
    private record Look(Optional<Sighting> found, String why) {}

    private Sighting find(Supplier<Look> look, Progress progress) throws InterruptedException {
        Instant until = clock.instant().plus(budget());
        for (int attempt = 1; true; attempt++) {
            Look looked = tried(look);
            if (looked.found().isPresent()) {
                return looked.found().get();
            }
            Duration left = Duration.between(clock.instant(), until);
            if (left.isNegative() || left.isZero()) {
                throw notFound(looked.why());
            }
            if (progress.stopping()) {
                throw new Stopped("stopped while its primary was looked for (" + looked.why() + ")");
            }
            progress.report(
                    "looking for the primary, for " + DurationText.of(seconds(left)) + " at most: " + looked.why());
            Duration rest = pauses.after(attempt);
            pause.rest(rest.compareTo(left) < 0 ? rest : left);
        }
    }

    private static Look tried(Supplier<Look> look) {
        try {
            return look.get();
        } catch (ChartreuseException e) {
            if (Loss.mayPass(e)) {
                return new Look(Optional.empty(), firstSentence(e.getMessage()));
            }
            throw e;
        }
    }

    /** The driver goes on with advice that repeats itself. */
    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    /** Whether a lost connection is to be the end of it. */
    boolean isOff() {
        return budget().isZero();
    }

    private Duration budget() {
        return connector.database().run().reconnectBudget();
    }

    private static Duration seconds(Duration time) {
        return Duration.ofSeconds((time.toMillis() + 999) / 1000);
    }

    private ChartreuseException notFound(String why) {
        String name = connector.database().name();
        return new ChartreuseException(Diagnostic.error(
                        PostgresProblem.NO_PRIMARY,
                        "Database " + name + ": no primary was found within " + DurationText.of(budget()) + ": " + why,
                        "Bring the primary back, or let the url lead to it (all hosts of the cluster may stand in it); "
                                + "postgres.databases." + name + ".reconnectBudget says how long to look.")
                .about(connector.database().address()));
    }
}
