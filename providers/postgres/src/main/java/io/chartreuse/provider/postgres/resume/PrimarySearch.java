package io.chartreuse.provider.postgres.resume;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.leader.LeaderComparison;
import io.chartreuse.provider.postgres.leader.LeaderComparison.Verdict;
import io.chartreuse.provider.postgres.leader.LeaderProblem;
import io.chartreuse.provider.postgres.leader.Leadership;
import io.chartreuse.provider.postgres.pause.Backoff;
import io.chartreuse.provider.postgres.pause.Sleeper;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.ConnectionLossCheck;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.OrphanedSession;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.ClusterLeader;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.StoppedEarly;
import io.chartreuse.spi.text.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks for the primary of one database until it answers and accepts writes, or the budget is spent. */
public final class PrimarySearch {

    private final Connector connector;
    private final String application;
    private final Supplier<Assessment> assess;
    private final Clock clock;
    private final Sleeper pause;
    private final Backoff pauses;
    private final Leadership leadership;
    private final Function<String, String> history;
    private boolean confirmed;

    /**
     * @param application the application name of sessions that migrate; see {@link OrphanedSession}
     * @param assess      reads the database anew
     * @param pauses      the pauses between two tries
     * @param history     describes what the server at an address, {@code host:port}, has; for people
     */
    public PrimarySearch(
            Connector connector,
            String application,
            Supplier<Assessment> assess,
            Clock clock,
            Sleeper pause,
            Backoff pauses,
            Function<String, String> history) {
        this.connector = connector;
        this.application = application;
        this.assess = assess;
        this.clock = clock;
        this.pause = pause;
        this.pauses = pauses;
        this.history = history;
        this.leadership = new Leadership(connector);
    }

    /**
     * The database on its primary. That is the leader of its cluster, as far as the cluster confirms that.
     *
     * @throws ChartreuseException where none is found within the budget, another server leads, or waiting does not help
     * @throws StoppedEarly where the step is asked to end meanwhile
     */
    public PrimaryState find(Progress progress) throws InterruptedException {
        return find(
                patience -> look(PrimaryCheck.read(connector, application), OrphanedSession.NONE, patience), progress);
    }

    /** The outcome of a transaction that was open when a connection was lost. */
    TransactionFate fate(long transaction) {
        return TransactionFate.of(connector, application, transaction);
    }

    /**
     * The same after a connection was lost.
     *
     * @param rollBack whether what the lost session still does is ended first, and its end awaited
     */
    public PrimaryState findAgain(boolean rollBack, Progress progress) throws InterruptedException {
        return find(
                patience -> {
                    PrimaryCheck primary = PrimaryCheck.read(connector, application);
                    OrphanedSession remains = primary.writable() && rollBack
                            ? OrphanedSession.end(connector, application)
                            : OrphanedSession.read(connector, application);
                    return rollBack && !remains.executing().isEmpty()
                            ? Look.without("its session still ends")
                            : look(primary, remains, patience);
                },
                progress);
    }

    private Look look(PrimaryCheck primary, OrphanedSession remains, boolean patience) {
        if (!primary.writable()) {
            String why = primary.standby() ? "is a standby" : "is read-only (default_transaction_read_only)";
            return Look.without(connector.place() + " " + why);
        }
        if (!leadership.isKnown()) {
            return Look.at(new PrimaryState(assess.get(), primary, remains), Optional.empty());
        }
        return compared(new PrimaryState(assess.get(), primary, remains), patience);
    }

    /** Where a leader that has confirmed itself before does not answer now, it may be about to be replaced. */
    private Look compared(PrimaryState state, boolean patience) {
        LeaderComparison comparison =
                leadership.compare(state.assessment().server().systemIdentifier(), state.primary());
        Optional<LeaderComparison> known = Optional.of(comparison);
        return switch (comparison.verdict()) {
            case SAME -> {
                confirmed = true;
                yield Look.at(state, Optional.empty());
            }
            case NOT_KNOWN -> Look.at(state, known);
            case NOT_CONFIRMED ->
                confirmed && patience ? new Look(Optional.empty(), comparison.there(), known) : Look.at(state, known);
            case OTHER_LEADER -> new Look(Optional.of(state), comparison.there(), known);
            case OTHER_CLUSTER ->
                throw new ChartreuseException(LeaderProblem.of(connector.database(), comparison)
                        .map(List::of)
                        .orElse(List.of()));
        };
    }

    /**
     * The result of one try, or why it failed.
     *
     * @param compared with the leader, where this server was not found to be the leader
     */
    private record Look(Optional<PrimaryState> found, String why, Optional<LeaderComparison> compared) {

        static Look without(String why) {
            return new Look(Optional.empty(), why, Optional.empty());
        }

        static Look at(PrimaryState state, Optional<LeaderComparison> compared) {
            return new Look(Optional.of(state), "", compared);
        }

        boolean isAtFormerPrimary() {
            return compared.filter(it -> it.verdict() == Verdict.OTHER_LEADER).isPresent();
        }

        boolean isSettled() {
            return found.isPresent() && !isAtFormerPrimary();
        }
    }

    private PrimaryState find(Function<Boolean, Look> look, Progress progress) throws InterruptedException {
        Instant until = clock.instant().plus(budget());
        for (int attempt = 1; true; attempt++) {
            boolean patience = clock.instant().isBefore(until);
            Look looked = tried(() -> look.apply(patience));
            if (looked.isSettled()) {
                looked.compared()
                        .ifPresent(doubt -> progress.warn("whether " + connector.place()
                                + " leads its cluster could not be compared: " + doubt.there()));
                return looked.found().get();
            }
            if (!patience) {
                throw notFound(looked);
            }
            Duration left = left(until);
            if (progress.stopping()) {
                throw new StoppedEarly("stopped while its primary was looked for (" + looked.why() + ")");
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
            if (ConnectionLossCheck.mayPass(e)) {
                return Look.without(firstSentence(e.getMessage()));
            }
            throw e;
        }
    }

    /** Leaves out the driver's advice, which repeats itself. */
    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    /** Whether a lost connection ends the run. */
    boolean isOff() {
        return budget().isZero();
    }

    private Duration budget() {
        return connector.database().run().reconnectBudget();
    }

    private static Duration seconds(Duration time) {
        return Duration.ofSeconds((time.toMillis() + 999) / 1000);
    }

    private Duration left(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private ChartreuseException notFound(Look looked) {
        return looked.isAtFormerPrimary()
                ? atFormerPrimary(
                        looked.found().orElseThrow().assessment(),
                        looked.compared().orElseThrow())
                : notFound(looked.why());
    }

    private ChartreuseException atFormerPrimary(Assessment here, LeaderComparison comparison) {
        String there =
                comparison.leader().flatMap(ClusterLeader::address).map(history).orElse("");
        return new ChartreuseException(LeaderProblem.otherLeader(
                connector.database(), comparison, here.standing().described(), there));
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
