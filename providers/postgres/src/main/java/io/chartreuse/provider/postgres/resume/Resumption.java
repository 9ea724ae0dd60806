package io.chartreuse.provider.postgres.resume;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.provider.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Brings a database to its planned state, and goes on after lost connections as far as that is safe. For one step. */
public final class Resumption {

    /** The limit of lost connections in the same migration: one that crashes the server must not do so for ever. */
    private static final int SAME_LOSSES = 3;

    private final Change change;
    private final PrimarySearch search;
    private final Progress progress;
    private final Map<String, Integer> losses = new HashMap<>();

    public Resumption(Change change, PrimarySearch search, Progress progress) {
        this.change = change;
        this.search = search;
        this.progress = progress;
    }

    /**
     * Attempts it until nothing is pending.
     *
     * @param start   the database as it was just read, found to be as planned
     * @param attempt called again after each lost connection, never twice at once
     * @return the database as read after the last attempt
     * @throws ChartreuseException where a migration fails, no primary is found, or going on would not be safe
     */
    public Assessment carry(PrimaryState start, Attempt attempt) throws InterruptedException {
        PrimaryState from = start;
        while (!reached(from)) {
            try {
                attempt.migrate(from);
                return ended(from).assessment();
            } catch (ConnectionLost lost) {
                from = after(lost, from);
            }
        }
        return from.assessment();
    }

    /** Each attempt that ends without a failure has committed all that was pending. */
    private PrimaryState ended(PrimaryState before) throws InterruptedException {
        PrimaryState now = search.find(progress);
        List<Diagnostic> lost = ResumeDecision.atEnd(before, now).refusals();
        if (!lost.isEmpty()) {
            throw new ChartreuseException(lost);
        }
        return now;
    }

    private boolean reached(PrimaryState state) {
        return state.assessment().observed().equals(change.after());
    }

    private PrimaryState after(ConnectionLost lost, PrimaryState before) throws InterruptedException {
        String where = lost.underway().map(Migration::script).orElse("");
        if (losses.merge(where, 1, Integer::sum) >= SAME_LOSSES || search.isOff()) {
            throw lost;
        }
        progress.warn(lost.getMessage());
        PrimaryState now = foundAgain(lost);
        ResumeDecision decision = ResumeDecision.of(change, before, lost, now, fate(lost, before, now));
        if (!decision.refusals().isEmpty()) {
            throw new ChartreuseException(decision.refusals(), lost);
        }
        progress.warn(decision.said());
        return now;
    }

    /**
     * The outcome of the transaction. After a promotion ids prove nothing: the new primary may not know the id, or may
     * have given it to another transaction. There the history decides, whose entry commits with the migration.
     */
    private TransactionFate fate(ConnectionLost lost, PrimaryState before, PrimaryState now) {
        if (now.primary().isOnAnotherTimelineThan(before.primary())) {
            return lost.transaction().map(id -> TransactionFate.ROLLED_BACK).orElse(TransactionFate.UNKNOWN);
        }
        return lost.transaction().map(search::fate).orElse(TransactionFate.UNKNOWN);
    }

    /** Looks for the primary. When it finds none, the error reports the lost connection first. */
    private PrimaryState foundAgain(ConnectionLost lost) throws InterruptedException {
        try {
            return search.findAgain(!lost.mayHaveStayed(), progress);
        } catch (ChartreuseException e) {
            List<Diagnostic> both = Stream.concat(lost.diagnostics().stream(), e.diagnostics().stream())
                    .toList();
            throw new ChartreuseException(both, lost);
        }
    }
}
