package io.chartreuse.core.audit;

import io.chartreuse.core.approval.Approvals;
import io.chartreuse.core.configuration.RetentionSetting;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanReader;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes off the record what is over what retention keeps. The newest run says first which runs go; then approvals, plans
 * and runs go, the oldest run first. So a process that dies in between leaves a record that holds, and the next one goes
 * on with its work.
 */
public final class Retention {

    private final Backend backend;
    private final RetentionSetting setting;
    private final RunSignatures signatures;

    public Retention(Backend backend, RetentionSetting setting) {
        this(backend, setting, RunSignatures.NONE);
    }

    /** @param signatures of what is written on the newest run; one that is not signed is left as it is, and so are all others */
    public Retention(Backend backend, RetentionSetting setting, RunSignatures signatures) {
        this.signatures = signatures;
        this.backend = backend;
        this.setting = setting;
    }

    /**
     * What would go. Changes nothing.
     *
     * @throws ChartreuseException where the runs form no chain, so that none of them may go
     */
    public PruneResult find(Instant now) {
        return select(backend.journal().list(), now, Integer.MAX_VALUE).pruned();
    }

    /**
     * Takes it. Only for who holds the lock.
     *
     * @param by   who does it, for the record
     * @param most so many runs, and so many other plans; the rest is for another time
     * @param held whether the lock is still ours; asked before anything goes
     * @throws ChartreuseException where the runs form no chain, or something cannot be taken; what is left is for
     *                             another time
     */
    public PruneResult prune(Instant now, String by, int most, BooleanSupplier held) {
        List<Artifact> stored = backend.journal().list();
        PruneSelection selection = select(stored, now, most);
        selection.announced().filter(link -> held.getAsBoolean()).ifPresent(link -> announce(stored, link, now, by));
        take(selection.approvals(), backend.approvals()::delete, held);
        take(selection.plans(), backend.plans()::delete, held);
        take(selection.runs(), backend.journal()::delete, held);
        return selection.pruned();
    }

    private PruneSelection select(List<Artifact> stored, Instant now, int most) {
        List<RecordedRun> all = stored.stream().map(RecordedRun::of).toList();
        Map<String, String> approvals = new Approvals(backend.approvals()).plans(); // each came after its plan
        List<StoredPlan> plans = backend.plans().list();
        RetentionExcess excess =
                RetentionExcess.of(chain(all), setting, now, readable()).atMost(most);
        return PruneSelection.of(
                all,
                RunChain.removed(all),
                excess,
                plans,
                approvals,
                setting.plans().map(now::minus),
                most);
    }

    private static List<RecordedRun> chain(List<RecordedRun> all) {
        RunChain chain = RunChain.of(all);
        chain.problem().ifPresent(problem -> {
            throw new ChartreuseException(Diagnostic.error(
                    AuditError.CHAIN_BROKEN,
                    "nothing is taken off the record, for it does not hold: " + problem,
                    "Find out with `chartreuse audit verify` what happened; keep what is there until then."));
        });
        return chain.runs();
    }

    /** Read when they are asked for, which few are. */
    private Function<String, Optional<Plan>> readable() {
        Map<String, Optional<Plan>> read = new HashMap<>();
        return id -> read.computeIfAbsent(id, this::plan);
    }

    private Optional<Plan> plan(String id) {
        try {
            return backend.plans()
                    .find(id)
                    .map(artifact -> PlanReader.read(artifact.content(), "plan " + Plan.shortId(artifact.id())));
        } catch (ChartreuseException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Announces the removal on the newest run, since no other run names that one's digest yet: the rest of its record
     * stays as it is.
     */
    private void announce(List<Artifact> stored, RunLink last, Instant now, String by) {
        List<RecordedRun> chain = chain(stored.stream().map(RecordedRun::of).toList());
        RecordedRun newest = chain.get(chain.size() - 1);
        Artifact artifact = stored.stream()
                .filter(run -> run.id().equals(newest.name()))
                .findFirst()
                .orElseThrow();
        if (!signatures.hold(artifact.content())) {
            throw new ChartreuseException(Diagnostic.error(
                    AuditError.SIGNATURE_MISSING,
                    "run " + newest.name()
                            + " is not signed by a key of audit.signing.keys: nothing was taken off the record",
                    "Find out with `chartreuse audit verify` what happened; keep what is there until then."));
        }
        Removal removal = new Removal(last, now.truncatedTo(ChronoUnit.MILLIS), by);
        try {
            backend.journal()
                    .write(new Artifact(
                            artifact.id(),
                            artifact.release(),
                            artifact.formatVersion(),
                            artifact.createdAt(),
                            signatures.signed(
                                    RunDocument.with(removal, newest.document()).toString()),
                            artifact.version()));
        } catch (VersionConflict moved) {
            throw new ChartreuseException(Diagnostic.error(
                    AuditError.RECORD_MOVED,
                    "run " + newest.name() + " is written by another process: nothing was taken off the record",
                    "Look at `chartreuse status`; run `chartreuse audit prune` when no run is under way."));
        }
    }

    private static void take(List<String> ids, Consumer<String> deletion, BooleanSupplier held) {
        ids.stream().takeWhile(id -> held.getAsBoolean()).forEach(deletion);
    }
}
