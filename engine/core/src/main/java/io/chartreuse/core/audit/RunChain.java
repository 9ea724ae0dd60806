package io.chartreuse.core.audit;

import io.chartreuse.core.run.RunLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A release's runs in the order in which each names the one before it, as far as that fits. Pure.
 *
 * @param runs    from the first on record; up to the one where it breaks
 * @param problem what does not fit after them; empty where all runs form one chain
 */
record RunChain(List<RecordedRun> runs, Optional<String> problem) {

    RunChain {
        runs = List.copyOf(runs);
    }

    /** @param all oldest first, as far as their clocks say */
    static RunChain of(List<RecordedRun> all) {
        Set<String> removed = removed(all);
        Walk walk = new Walk(
                all.stream().filter(run -> !removed.contains(run.name())).toList());
        return new RunChain(walk.reached, walk.problem());
    }

    /**
     * The names of those that a run says retention has taken off the record, and that are still there: the process is at
     * it, or has died. None where a run says so of itself or of one after it.
     */
    static Set<String> removed(List<RecordedRun> all) {
        Map<String, RecordedRun> byId = new HashMap<>();
        all.forEach(run -> byId.put(run.name(), run));
        Set<String> removed = new HashSet<>();
        for (RecordedRun run : all) {
            Set<String> taken = new HashSet<>();
            run.run().evidence().removals().forEach(removal -> collect(removal.last(), byId, taken));
            if (!taken.contains(run.name())) {
                removed.addAll(taken);
            }
        }
        return removed;
    }

    private static void collect(RunLink last, Map<String, RecordedRun> byId, Set<String> into) {
        Optional<RunLink> link = Optional.of(last);
        while (link.isPresent()) {
            RecordedRun run = byId.get(link.get().run());
            link = run != null && into.add(run.name()) ? run.previous() : Optional.empty();
        }
    }

    /** One walk along the links. */
    private static final class Walk {

        private final List<RecordedRun> all;
        private final Map<String, RecordedRun> byId = new HashMap<>();
        private final Map<String, List<RecordedRun>> followers = new HashMap<>();
        private final List<RecordedRun> reached = new ArrayList<>();

        Walk(List<RecordedRun> all) {
            this.all = all;
            all.forEach(run -> byId.put(run.name(), run));
            all.forEach(run -> run.previous()
                    .ifPresent(link -> followers
                            .computeIfAbsent(link.run(), any -> new ArrayList<>())
                            .add(run)));
        }

        Optional<String> problem() {
            return misnamed().or(this::broken);
        }

        private Optional<String> misnamed() {
            return all.stream()
                    .filter(run -> !run.name().equals(run.run().id()))
                    .findFirst()
                    .map(run -> "what is stored as run " + run.name() + " is the record of run "
                            + run.run().id());
        }

        private Optional<String> broken() {
            all.stream().filter(this::standsAlone).forEach(reached::add);
            List<RecordedRun> beginnings = all.stream()
                    .filter(run -> run.previous()
                            .map(RunLink::run)
                            .filter(byId::containsKey)
                            .isEmpty())
                    .filter(run -> !standsAlone(run))
                    .toList();
            Optional<String> younger = beginnings.stream().findFirst().flatMap(this::younger);
            if (younger.isPresent()) {
                return younger;
            }
            for (RecordedRun beginning : beginnings) {
                Optional<String> problem = beginning == beginnings.get(0) ? begin(beginning) : again(beginning);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            if (beginnings.stream().noneMatch(RecordedRun::isUnchained) && !beginnings.isEmpty()) {
                return later(beginnings.get(0));
            }
            return reached.size() < all.size()
                    ? Optional.of("runs name each other in a ring, none of them is the first")
                    : Optional.empty();
        }

        /** The first run that names another names the newest of those before it. */
        private Optional<String> later(RecordedRun beginning) {
            return all.stream()
                    .filter(this::standsAlone)
                    .findFirst()
                    .map(run -> "run " + run.name()
                            + " has the format of before runs named one another, but run " + beginning.name()
                            + ", which began the chain, does not name it: it was put in later");
        }

        private Optional<String> younger(RecordedRun beginning) {
            return all.stream()
                    .filter(this::standsAlone)
                    .filter(run -> run.run().startedAt().isAfter(beginning.run().startedAt()))
                    .findFirst()
                    .map(run -> "run " + run.name()
                            + " has the format of before runs named one another, and began after run "
                            + beginning.name() + ", with which the chain begins: it was put in later");
        }

        /** From before runs named one another, and named by none. */
        private boolean standsAlone(RecordedRun run) {
            return run.isUnchained() && !followers.containsKey(run.name());
        }

        private Optional<String> begin(RecordedRun beginning) {
            Optional<String> missing =
                    beginning.previous().filter(link -> !isRemoved(link)).map(link -> missing(beginning, link));
            return missing.isPresent() ? missing : follow(beginning);
        }

        /** Whether a later run says that retention took it away. */
        private boolean isRemoved(RunLink link) {
            return all.stream()
                    .flatMap(run -> run.run().evidence().removals().stream())
                    .anyMatch(removal -> removal.last().equals(link));
        }

        private static String missing(RecordedRun run, RunLink link) {
            return "run " + run.name() + " names run " + link.run()
                    + " as the one before it, which is not on record, nor does a run say that retention removed it";
        }

        private String said(RecordedRun run) {
            return "run " + run.name() + " says that no run was before it, but run "
                    + reached.get(reached.size() - 1).name() + " is on record as well";
        }

        private Optional<String> again(RecordedRun beginning) {
            return Optional.of(
                    beginning.previous().map(link -> missing(beginning, link)).orElseGet(() -> said(beginning)));
        }

        private Optional<String> follow(RecordedRun first) {
            RecordedRun run = first;
            while (true) {
                reached.add(run);
                List<RecordedRun> next = followers.getOrDefault(run.name(), List.of());
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                Optional<String> problem = unfit(run, next);
                if (problem.isPresent()) {
                    return problem;
                }
                run = next.get(0);
            }
        }

        private static Optional<String> unfit(RecordedRun run, List<RecordedRun> next) {
            if (next.size() > 1) {
                return Optional.of("runs " + next.get(0).name() + " and "
                        + next.get(1).name() + " both name run " + run.name() + " as the one before them");
            }
            String named = next.get(0).previous().orElseThrow().digest();
            return named.equals(run.digest())
                    ? Optional.empty()
                    : Optional.of("the record of run " + run.name()
                            + " is not what it was when run " + next.get(0).name()
                            + " began: its digest is " + run.digest() + " and was " + named);
        }
    }
}
