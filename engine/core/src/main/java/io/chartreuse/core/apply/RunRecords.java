package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.VersionConflict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The release's earlier runs, as the applier needs to know them. Read once; used under the lock only. */
final class RunRecords {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'").withZone(ZoneOffset.UTC);

    private static final Pattern ID = Pattern.compile("\\d{8}t\\d{6}z-[0-9a-f]{6}");

    private final Journal journal;
    private final Predicate<String> believes;
    private List<StoredRun> runs;

    /** @param believes whether a run may go on from such a record; what is not believed stays as it is */
    RunRecords(Journal journal, Predicate<String> believes) {
        this.journal = journal;
        this.believes = believes;
        this.runs = journal.list().stream().map(StoredRun::of).toList();
    }

    /** A new id: sorted by time, fit for the name of a Kubernetes object. */
    static String newId(Instant now) {
        return STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 6);
    }

    /** Whether it is an id as {@link #newId} makes them. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The newest run of a plan. */
    Optional<StoredRun> latestOf(String planId) {
        return runs.stream()
                .filter(stored -> stored.run().planId().equals(planId))
                .filter(this::isBelieved)
                .reduce((older, newer) -> newer);
    }

    /** Those that are believed. */
    List<Run> newestFirst() {
        List<Run> believed = runs.stream()
                .filter(this::isBelieved)
                .map(StoredRun::run)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(believed);
        return believed;
    }

    /** The run that names this one as the one before it: from then on, what is on record of this one stays. */
    Optional<Run> followerOf(Run run) {
        return runs.stream()
                .filter(later -> later.run()
                        .evidence()
                        .previous()
                        .filter(link -> link.run().equals(run.id()))
                        .isPresent())
                .filter(this::isBelieved)
                .map(StoredRun::run)
                .findFirst();
    }

    private boolean isBelieved(StoredRun stored) {
        return believes.test(stored.stored().content());
    }

    /** What the next run names: the run that none names yet. Clocks of several machines do not decide it. */
    Optional<RunLink> head() {
        Set<String> named = runs.stream()
                .flatMap(stored -> stored.run().evidence().previous().stream())
                .map(RunLink::run)
                .collect(Collectors.toSet());
        return runs.stream()
                .filter(stored -> !named.contains(stored.run().id()))
                .reduce((older, newer) -> newer)
                .map(StoredRun::link);
    }

    /**
     * Closes the runs that were left open by processes that died: this process holds the lock, so no other one works on
     * them.
     */
    void supersedeOthers(String planId, Release release, Instant now) {
        runs = runs.stream()
                .map(stored -> isLeftBehind(stored.run(), planId) && isBelieved(stored)
                        ? supersede(stored, release, now)
                        : stored)
                .toList();
    }

    private static boolean isLeftBehind(Run run, String planId) {
        return run.outcome() == Outcome.RUNNING && !run.planId().equals(planId);
    }

    private StoredRun supersede(StoredRun stored, Release release, Instant now) {
        Run run = stored.run().ended(now, Outcome.SUPERSEDED, Optional.empty());
        try {
            return StoredRun.of(journal.write(new Artifact(
                    run.id(),
                    release.name(),
                    RunDocument.FORMAT_VERSION,
                    run.startedAt(),
                    RunDocument.write(run).toString(),
                    stored.version())));
        } catch (VersionConflict stillWritten) {
            throw new IllegalStateException("run " + run.id() + " is written by a process that has lost its lock");
        }
    }
}
