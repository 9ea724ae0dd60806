package io.chartreuse.provider.patroni.rest;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer of {@code /cluster}.
 *
 * @param members   in Patroni's order; may be empty while a cluster is being made
 * @param paused    whether automatic failover is paused
 * @param scheduled the scheduled switchover
 */
public record ClusterStatus(List<Member> members, boolean paused, Optional<Switchover> scheduled) {
    public ClusterStatus {
        members = List.copyOf(members);
        Objects.requireNonNull(scheduled, "scheduled");
    }

    /** Neither paused nor with a scheduled switchover. */
    public ClusterStatus(List<Member> members) {
        this(members, false, Optional.empty());
    }

    /** Where each member's PostgreSQL listens, as {@code host:port}, the leader's first. */
    public List<String> addresses() {
        return members.stream()
                .sorted(Comparator.comparing(Member::role))
                .flatMap(member -> member.address().stream())
                .toList();
    }

    /** The member that holds the leader lock, running or not; never the leader of a standby cluster. */
    public Optional<Member> leader() {
        return members.stream()
                .filter(member -> member.role() == MemberRole.LEADER)
                .findFirst();
    }

    /** The members of that role. */
    public List<Member> of(MemberRole role) {
        return members.stream().filter(member -> member.role() == role).toList();
    }
}
