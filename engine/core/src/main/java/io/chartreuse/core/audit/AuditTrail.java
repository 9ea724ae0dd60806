package io.chartreuse.core.audit;

import io.chartreuse.core.approval.Approvals;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanReader;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateReader;
import io.chartreuse.core.store.StoreError;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.ArtifactInspection;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.ClusterIdentity;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The stored plans and runs of one release. What is read is verified: a plan by its digest. */
public final class AuditTrail {

    private static final String PREFIX = "sha256:";
    private static final int SHORTEST_PREFIX = 4;

    private final Backend backend;
    private final Release release;
    private final Approvals approvals;
    private final AuditChecks checks;

    public AuditTrail(Backend backend, Release release) {
        this(backend, release, AuditChecks.NONE);
    }

    /**
     * @param release whose record it is, as the configuration says
     * @param checks  what {@link #verify} asks beside the chain
     */
    public AuditTrail(Backend backend, Release release, AuditChecks checks) {
        this.release = release;
        this.checks = checks;
        this.backend = backend;
        this.approvals = new Approvals(backend.approvals());
    }

    /** All runs, oldest first; that they are of the release is for {@link #verify}. */
    public List<Run> runs() {
        return backend.journal().list().stream().map(AuditTrail::run).toList();
    }

    private static Run run(Artifact artifact) {
        return RunDocument.read(artifact.content(), "run " + artifact.id());
    }

    /** All runs with the whole of their records, oldest first. */
    public List<RecordedRun> records() {
        return backend.journal().list().stream().map(RecordedRun::of).toList();
    }

    /** The id of the run that names that one as the one before it. */
    public Optional<String> follower(String id) {
        return records().stream()
                .filter(run ->
                        run.previous().filter(link -> link.run().equals(id)).isPresent())
                .map(RecordedRun::name)
                .findFirst();
    }

    /**
     * Checks that all runs are of the release and form one chain, that no record was changed since the next one began, that their plans are
     * those that were executed, that approvals which a run says it had are on record, and that the state on record is the one
     * that the newest run which recorded one has recorded.
     *
     * @param known the digest of a run, noted earlier, that must still be on record
     * @throws ChartreuseException that names the first that does not fit
     */
    public VerifiedRuns verify(Optional<String> known) {
        List<RecordedRun> read = records();
        Map<String, String> place = backend instanceof ClusterIdentity able ? able.anchor() : Map.of();
        while (true) {
            try {
                List<RecordedRun> records = read;
                List<Diagnostic> unsound = backend instanceof ArtifactInspection able ? able.unsound() : List.of();
                return new Verification(release, place, this::plan, approvals::keys, this::state, checks)
                        .verify(records, unsound, known);
            } catch (ChartreuseException broken) {
                List<RecordedRun> again = records();
                if (digests(again).equals(digests(read))) {
                    throw broken;
                }
                read = again; // a run, or retention, was at work while it was read
            }
        }
    }

    private static List<String> digests(List<RecordedRun> records) {
        return records.stream().map(RecordedRun::digest).toList();
    }

    private Optional<State> state() {
        return StateReader.read(backend.state(), release);
    }

    /**
     * The run of that id.
     *
     * @param id the whole id, or a beginning or end of it that no other run has; {@code latest} is the newest
     * @throws ChartreuseException if no run has that id, or several have
     */
    public Run run(String id) {
        return record(id).run();
    }

    /**
     * The same with the whole of its record.
     *
     * @throws ChartreuseException if no run has that id, or several have
     */
    public RecordedRun record(String id) {
        List<RecordedRun> runs = records();
        if (id.equals("latest") && !runs.isEmpty()) {
            return runs.get(runs.size() - 1);
        }
        List<RecordedRun> found = runs.stream()
                .filter(run -> run.name().startsWith(id) || run.name().endsWith(id))
                .toList();
        return only(found, "run", id, "`chartreuse audit list` shows what there is.");
    }

    /**
     * The stored plan of that id.
     *
     * @param id {@code sha256:…}, or the first digits of the digest, four at least
     * @throws ChartreuseException if no stored plan has that id, or several have, or what is stored is not the plan of
     *         that id
     */
    public Plan plan(String id) {
        String full = full(id);
        Optional<Artifact> exact = backend.plans().find(full);
        Artifact artifact = exact.orElseGet(() -> byPrefix(full, id));
        Plan plan = PlanReader.read(artifact.content(), "plan " + Plan.shortId(artifact.id()));
        if (!plan.id().equals(artifact.id()) || !plan.id().startsWith(full)) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.FOREIGN,
                    "what is stored as plan " + Plan.shortId(artifact.id()) + " is plan " + plan.shortId(),
                    "It was replaced. Make a new plan with `chartreuse plan`."));
        }
        return plan;
    }

    /** Ids are compared by the digits of their digest, with or without the prefix, in upper or lower case. */
    private static String full(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        String digits = lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
        if (!digits.matches("[0-9a-f]{0,64}")) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.NOT_FOUND,
                    "there is no plan " + SafeText.plain(id) + ": that is not the id of a plan",
                    "An id is sha256: and 64 digits from 0 to f; its first digits are enough."));
        }
        return PREFIX + digits;
    }

    private Artifact byPrefix(String full, String asked) {
        boolean longEnough = full.length() >= PREFIX.length() + SHORTEST_PREFIX;
        List<StoredPlan> found = backend.plans().list().stream()
                .filter(plan -> longEnough && plan.id().startsWith(full))
                .toList();
        String remedy = "Make one with `chartreuse plan --store`, or name a file.";
        StoredPlan meant = only(found, "plan", asked, remedy);
        return only(backend.plans().find(meant.id()).stream().toList(), "plan", asked, remedy);
    }

    private static <T> T only(List<T> found, String what, String id, String remedy) {
        if (found.size() == 1) {
            return found.get(0);
        }
        String how = found.isEmpty() ? "there is no " + what + " " : "more than one " + what + " fits ";
        throw new ChartreuseException(Diagnostic.error(StoreError.NOT_FOUND, how + id, remedy));
    }
}
