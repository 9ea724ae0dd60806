package io.chartreuse.provider.patroni.rest;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The part that Chartreuse uses of the configuration that all members share ({@code /config}). Patroni keeps unknown
 * keys, so Chartreuse writes its mark there, next to the setting that it concerns, and in the same transaction of the
 * store.
 *
 * @param pause       whether automatic failover is paused; empty where the key is absent
 * @param marked      whether Chartreuse's mark is there
 * @param holds       for whom it is paused, by holder
 * @param formerPause what {@code pause} was before the first of them; empty where it was absent
 */
public record DynamicConfig(
        Optional<Boolean> pause, boolean marked, SortedMap<String, Hold> holds, Optional<Boolean> formerPause) {

    /**
     * On whose behalf failover is paused.
     *
     * @param run    the run that did it
     * @param since  when, RFC 3339
     * @param leader who led then; empty where it was not known
     */
    public record Hold(String run, String since, Optional<LastLeader> leader) {
        public Hold {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(leader, "leader");
        }
    }

    public DynamicConfig {
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(formerPause, "formerPause");
        holds = new TreeMap<>(holds);
    }

    public boolean isPaused() {
        return pause.orElse(false);
    }

    /** Whether failover would be paused without Chartreuse's holds. */
    public boolean isPausedByOthers() {
        return marked ? isPaused() && formerPause.orElse(false) : isPaused();
    }

    /** For whom it is paused: {@code for shop by run 2026… since 2026-11-22T07:00:00Z}. */
    public String pausedFor() {
        return holds.entrySet().stream()
                .map(hold -> "for " + hold.getKey() + " by run "
                        + hold.getValue().run() + " since " + hold.getValue().since())
                .collect(Collectors.joining(", "));
    }

    /** Who led when failover was paused, according to the latest pause that names a leader. */
    public Optional<LastLeader> leader() {
        return holds.values().stream()
                .filter(hold -> hold.leader().isPresent())
                .max(Comparator.comparing(Hold::since))
                .flatMap(Hold::leader);
    }
}
