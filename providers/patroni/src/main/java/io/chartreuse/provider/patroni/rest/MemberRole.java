package io.chartreuse.provider.patroni.rest;

/** The role of a member, under one name for all versions of Patroni. */
public enum MemberRole {
    /** Holds the leader lock and may accept writes. */
    LEADER,
    /** Leads a standby cluster: follows another cluster and accepts no writes. */
    STANDBY_LEADER,
    /** Follows the leader: replica, sync_standby, quorum_standby, and every unknown role. */
    REPLICA;

    /** @param word as {@code /cluster} or {@code /patroni} writes it */
    static MemberRole of(String word) {
        return switch (word) {
            case "leader", "primary", "master" -> LEADER;
            case "standby_leader" -> STANDBY_LEADER;
            default -> REPLICA;
        };
    }
}
