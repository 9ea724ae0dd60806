package io.chartreuse.provider.postgres.leader;

import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.spi.model.ClusterLeader;
import java.util.Objects;
import java.util.Optional;

/**
 * How a session's server compares with the leader that the cluster names. Pure.
 *
 * @param verdict the result
 * @param ours    the session's server
 * @param leader  empty where the cluster names none
 */
public record LeaderComparison(Verdict verdict, PrimaryCheck ours, Optional<ClusterLeader> leader) {

    /** The result of a comparison. */
    public enum Verdict {
        /** No cluster is configured, or the leader confirms that it is this server. */
        SAME,
        /** The cluster does not answer, has no leader now, or one side does not give its timeline. Proves nothing. */
        NOT_KNOWN,
        /** The cluster names a leader that does not confirm it. Proves nothing yet. */
        NOT_CONFIRMED,
        /** Another server leads: writes to this server are lost. */
        OTHER_LEADER,
        /** This server belongs to another cluster. */
        OTHER_CLUSTER
    }

    public LeaderComparison {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(ours, "ours");
        Objects.requireNonNull(leader, "leader");
    }

    /**
     * Compares.
     *
     * @param systemIdentifier of this server; empty where the login may not read it
     * @param ours             read before the leader was asked, so that a leader with an older position cannot be this
     *                         server
     */
    static LeaderComparison of(Optional<String> systemIdentifier, PrimaryCheck ours, Optional<ClusterLeader> leader) {
        return new LeaderComparison(verdict(systemIdentifier, ours, leader), ours, leader);
    }

    private static Verdict verdict(
            Optional<String> systemIdentifier, PrimaryCheck ours, Optional<ClusterLeader> named) {
        if (named.isEmpty()) {
            return Verdict.NOT_KNOWN;
        }
        ClusterLeader leader = named.get();
        if (areOfTwoClusters(systemIdentifier, leader.systemIdentifier())) {
            return Verdict.OTHER_CLUSTER;
        }
        if (!leader.confirmed()) {
            return Verdict.NOT_CONFIRMED;
        }
        if (ours.standby()) {
            return Verdict.OTHER_LEADER;
        }
        if (ours.timeline().isEmpty() || leader.timeline().isEmpty()) {
            return Verdict.NOT_KNOWN;
        }
        return ours.timeline().get() == leader.timeline().getAsInt() && !hasLess(leader, ours)
                ? Verdict.SAME
                : Verdict.OTHER_LEADER;
    }

    private static boolean areOfTwoClusters(Optional<String> ours, Optional<String> theirs) {
        return ours.isPresent() && theirs.isPresent() && !ours.equals(theirs);
    }

    private static boolean hasLess(ClusterLeader leader, PrimaryCheck ours) {
        return leader.position().isPresent()
                && ours.position().isPresent()
                && leader.position().getAsLong() < ours.position().getAsLong();
    }

    /** This server, for people: {@code on timeline 1, up to 0/3000148}. */
    public String here() {
        if (ours.standby()) {
            return "a standby by now";
        }
        String timeline = ours.timeline().map(number -> "on timeline " + number).orElse("on an unknown timeline");
        return timeline
                + (ours.position().isPresent()
                        ? ", up to " + position(ours.position().getAsLong())
                        : "");
    }

    /** The leader, for people: {@code n2 at db-2:5432 leads, on timeline 2, up to 0/3000148}. */
    public String there() {
        if (leader.isEmpty()) {
            return "the cluster does not answer or has no leader";
        }
        ClusterLeader one = leader.get();
        String timeline =
                one.timeline().isPresent() ? ", on timeline " + one.timeline().getAsInt() : "";
        String position = one.position().isPresent()
                ? ", up to " + position(one.position().getAsLong())
                : "";
        String who = one.name() + one.address().map(place -> " at " + place).orElse("");
        return one.confirmed()
                ? who + " leads" + timeline + position
                : who + " is listed as the leader and does not confirm it" + timeline;
    }

    /** In PostgreSQL's notation. */
    private static String position(long bytes) {
        return String.format("%X/%X", bytes >>> 32, bytes & 0xFFFF_FFFFL);
    }
}
