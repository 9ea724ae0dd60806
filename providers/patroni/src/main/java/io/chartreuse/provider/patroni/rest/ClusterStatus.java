package io.chartreuse.provider.patroni.rest;

import java.util.List;
import java.util.Optional;

/**
 * What {@code /cluster} says.
 *
 * @param members in Patroni's order; may be empty while a cluster is being made
 */
public record ClusterStatus(List<Member> members) {
    public ClusterStatus {
        members = List.copyOf(members);
    }

    /** The member that holds the leader lock, be it running or not; not the leader of a standby cluster. */
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
