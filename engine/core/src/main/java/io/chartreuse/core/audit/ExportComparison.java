package io.chartreuse.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a record is what was exported of it. An account that may write the record may have written all of it, so age, order and links
 * of runs are taken from the export. Pure.
 */
final class ExportComparison {

    private static final List<String> UNCHANGING =
            List.of("planId", "release", "startedAt", "previous", "chartreuseVersion");
    private static final List<String> UNCHANGED_UNLESS_RESUMED = List.of("actor", "approvals", "policies");

    private final Map<String, RecordedRun> exported = new LinkedHashMap<>();
    private final Map<String, RecordedRun> onRecord = new LinkedHashMap<>();
    private final boolean complete;
    private final VerifiedRuns verified;
    private final RemovalCheck retention;
    private final Predicate<RecordedRun> isProven;

    /** Exported and on record. */
    private final Set<String> present;

    /**
     * @param complete whether each run since the first exported one has to be among them
     * @param isProven whether only a run can have written a record, so that the reason it gives for a failed export is believed
     */
    ExportComparison(
            List<RecordedRun> exported,
            boolean complete,
            VerifiedRuns verified,
            RemovalCheck retention,
            Predicate<RecordedRun> isProven) {
        exported.forEach(run -> this.exported.put(run.name(), run));
        verified.runs().forEach(run -> onRecord.put(run.name(), run));
        this.complete = complete;
        this.verified = verified;
        this.retention = retention;
        this.isProven = isProven;
        this.present = new HashSet<>(this.exported.keySet());
        present.retainAll(onRecord.keySet());
    }

    Optional<String> problem() {
        return exported.values().stream()
                .flatMap(run -> problem(run).stream())
                .findFirst()
                .or(this::unknownRemoval)
                .or(this::unexported);
    }

    private Optional<String> problem(RecordedRun run) {
        RecordedRun recorded = onRecord.get(run.name());
        if (recorded == null) {
            return isRemoved(run) ? Optional.empty() : Optional.of(missing(run));
        }
        return hasEnded(run) && !(isResumed(run, recorded) && isExplained(recorded, true))
                ? changed(run, recorded)
                : changedSince(run, recorded);
    }

    private String missing(RecordedRun run) {
        return "run " + SafeText.plain(run.name()) + " was exported and is not on record"
                + (verified.removed().isPresent()
                        ? ", and retention would have kept it: the configuration keeps " + retention.said() + ", "
                                + present.size() + " of the exported runs are on record"
                        : "");
    }

    /** Retention takes the oldest runs, so none that came after one that is still there. */
    private boolean isRemoved(RecordedRun run) {
        return verified.removed().isPresent()
                && !followsOneOnRecord(run)
                && (retention.isDue(run.run().startedAt(), present.size()) || isNamedAsRemoved(run));
    }

    private boolean followsOneOnRecord(RecordedRun run) {
        Set<String> seen = new HashSet<>();
        Optional<RunLink> link = run.previous();
        while (link.isPresent() && seen.add(link.get().run())) {
            if (onRecord.containsKey(link.get().run())) {
                return true;
            }
            link = Optional.ofNullable(exported.get(link.get().run())).flatMap(RecordedRun::previous);
        }
        return false;
    }

    /** Whether the user says of it, or of one that began later, that its removal was right. */
    private boolean isNamedAsRemoved(RecordedRun run) {
        return verified.removed()
                .map(RunLink::run)
                .filter(retention::isKnown)
                .flatMap(last -> Optional.ofNullable(exported.get(last))
                        .map(one -> one.run().startedAt())
                        .or(() -> RemovalCheck.began(last)))
                .filter(last -> !run.run().startedAt().isAfter(last))
                .isPresent();
    }

    private static boolean hasEnded(RecordedRun run) {
        return run.run().endedAt().isPresent();
    }

    private Optional<String> changed(RecordedRun run, RecordedRun recorded) {
        return RunDocument.digests(recorded.document()).contains(run.digest())
                ? Optional.empty()
                : Optional.of("the record of run " + run.name() + " is not what was exported: its digest is "
                        + recorded.digest() + " and was " + run.digest()
                        + (isResumed(run, recorded) ? explanation(recorded) : ""));
    }

    /** Of a run that was exported before its end: what no later write changes, and that nothing later is missing in the export. */
    private Optional<String> changedSince(RecordedRun run, RecordedRun recorded) {
        boolean resumed = isResumed(run, recorded);
        Stream<String> members =
                resumed ? UNCHANGING.stream() : Stream.concat(UNCHANGING.stream(), UNCHANGED_UNLESS_RESUMED.stream());
        return members.filter(member ->
                        !run.document().path(member).equals(recorded.document().path(member)))
                .findFirst()
                .or(() -> beginsWith(
                                recorded.document().path("entries"),
                                run.document().path("entries"))
                        ? Optional.empty()
                        : Optional.of("entries"))
                .map(member -> "the record of run " + run.name() + " is not what was exported: it has other " + member
                        + " than when it began")
                .or(() -> complete && (resumed || hasEnded(recorded)) && !isExplained(recorded, hasEnded(recorded))
                        ? Optional.of("run " + run.name() + (hasEnded(recorded) ? " has ended" : " was resumed")
                                + " on record, and no exported line says so" + explanation(recorded))
                        : Optional.empty());
    }

    private static boolean isResumed(RecordedRun run, RecordedRun recorded) {
        return recorded.run().entries().stream()
                .skip(run.run().entries().size())
                .anyMatch(entry -> entry.event() == Event.RUN_RESUMED);
    }

    /** Whether it is known that the export failed then. @param ended as the run ended, or as it began or went on */
    private boolean isExplained(RecordedRun recorded, boolean ended) {
        return recorded.run().evidence().exportFailures().stream().anyMatch(failure -> failure.ended() == ended)
                && isProven.test(recorded);
    }

    /** What its record says of it; who put in a record could have written that, too. */
    private static String explanation(RecordedRun recorded) {
        return recorded.run().evidence().exportFailures().stream()
                .findFirst()
                .map(failure -> "; its record says that its export " + SafeText.onOneLine(failure.words())
                        + ", which its signature does not prove. Where you know that to be so, append the run's line of"
                        + " `chartreuse audit export` to the file")
                .orElse("");
    }

    private static boolean beginsWith(JsonNode whole, JsonNode beginning) {
        for (int i = 0; i < beginning.size(); i++) {
            if (!beginning.get(i).equals(whole.path(i))) {
                return false;
            }
        }
        return true;
    }

    /** Where none of the exported runs is left, the last that retention is said to have removed is one of them. */
    private Optional<String> unknownRemoval() {
        return verified.removed()
                .filter(link -> present.isEmpty() && !exported.isEmpty())
                .filter(link -> !retention.isKnown(link.run()))
                .filter(link -> exportedLinks().noneMatch(link::equals))
                .map(link -> "retention is said to have removed run " + SafeText.plain(link.run())
                        + " and all before it, and no such run was exported");
    }

    private Stream<RunLink> exportedLinks() {
        return exported.values().stream()
                .flatMap(run ->
                        Stream.concat(Stream.of(new RunLink(run.name(), run.digest())), run.previous().stream()));
    }

    /** Runs after the first that was exported; of those after the last one an export of an earlier day knows nothing. */
    private Optional<String> unexported() {
        List<RecordedRun> runs = verified.runs();
        int first = 0;
        while (!present.isEmpty() && !present.contains(runs.get(first).name())) {
            first++;
        }
        int end = runs.size();
        while (!complete && end > 0 && !present.contains(runs.get(end - 1).name())) {
            end--;
        }
        return exported.isEmpty()
                ? Optional.empty()
                : runs.subList(Math.min(first, end), end).stream()
                        .filter(run -> !present.contains(run.name()))
                        .filter(run -> !(isExplained(run, false) && (!hasEnded(run) || isExplained(run, true))))
                        .findFirst()
                        .map(run -> "run " + run.name() + " is on record and was not exported"
                                + (complete ? ", as audit.sink exports each run" : ", unlike runs before and after it")
                                + explanation(run));
    }
}
