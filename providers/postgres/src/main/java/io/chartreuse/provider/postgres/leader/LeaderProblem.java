package io.chartreuse.provider.postgres.leader;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ClusterLeader;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Optional;

/** Builds the errors of a comparison with the leader. Pure. */
public final class LeaderProblem {

    private LeaderProblem() {}

    /** The error that this server is not the leader, where the comparison proves that; otherwise empty. */
    public static Optional<Diagnostic> of(DatabaseSettings database, LeaderComparison comparison) {
        return switch (comparison.verdict()) {
            case OTHER_CLUSTER -> Optional.of(otherCluster(database, comparison));
            case OTHER_LEADER -> Optional.of(otherLeader(database, comparison, "", ""));
            default -> Optional.empty();
        };
    }

    /**
     * The error that another server leads.
     *
     * @param here  this server's data, such as {@code stands at revision 5}; may be empty
     * @param there the leader's data; may be empty
     */
    public static Diagnostic otherLeader(
            DatabaseSettings database, LeaderComparison comparison, String here, String there) {
        return Diagnostic.error(
                        PostgresProblem.OTHER_LEADER,
                        "Database " + database.name() + ": our session is at a server that does not lead its cluster ("
                                + comparison.here() + and(here) + "); " + comparison.there() + and(there)
                                + ". What was written to our server since is lost when it follows the leader.",
                        "Find out why the former leader still takes writes (is its Patroni halted?), and end its"
                                + " PostgreSQL or let it follow. Let the url lead to the leader: all members in it, or"
                                + " fromPatroni: true. Then plan again, which plans what the leader lacks.")
                .about(database.address());
    }

    /**
     * The error that this server is a standby.
     *
     * @param place  the address of the connection
     * @param leader empty where the cluster names none
     */
    public static Diagnostic standby(DatabaseSettings database, String place, Optional<ClusterLeader> leader) {
        String who = leader.filter(ClusterLeader::confirmed)
                .map(one -> one.name() + one.address().map(at -> " at " + at).orElse("") + " leads its cluster")
                .orElse("its cluster has no leader that confirms itself");
        return Diagnostic.error(
                        PostgresProblem.READ_ONLY,
                        "Database " + database.name() + " at " + place
                                + " is on a standby, which cannot be written to; " + who + ".",
                        "Name all hosts of the cluster in the url (db-1:5432,db-2:5432, with targetServerType=primary), or set"
                                + " postgres.databases." + database.name()
                                + ".fromPatroni: true. A single host is the primary only until the next failover.")
                .about(database.address());
    }

    private static String and(String what) {
        return what.isEmpty() ? "" : ", " + what;
    }

    private static Diagnostic otherCluster(DatabaseSettings database, LeaderComparison comparison) {
        String identifier =
                comparison.leader().flatMap(ClusterLeader::systemIdentifier).orElse("unknown");
        return Diagnostic.error(
                        PostgresProblem.OTHER_CLUSTER,
                        "Database " + database.name() + " is on another cluster than the endpoints of Patroni that are"
                                + " configured for it: the system identifier of its leader "
                                + comparison.leader().map(ClusterLeader::name).orElse("") + " is " + identifier
                                + ", that of the database's server is another one.",
                        "Let url and patroni.clusters.*.endpoints lead to the same cluster: its gate and its pause of"
                                + " failover would be another one's.")
                .about(database.address());
    }
}
