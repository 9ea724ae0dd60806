package io.chartreuse.provider.kubernetes;

import io.chartreuse.provider.kubernetes.announce.RunEvents;
import io.chartreuse.provider.kubernetes.artifact.ArtifactVerification;
import io.chartreuse.provider.kubernetes.artifact.ConfigMapApprovals;
import io.chartreuse.provider.kubernetes.artifact.ConfigMapJournal;
import io.chartreuse.provider.kubernetes.artifact.ConfigMapPlans;
import io.chartreuse.provider.kubernetes.artifact.ConfigMapState;
import io.chartreuse.provider.kubernetes.artifact.LeaseLock;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.preflight.OwnAccount;
import io.chartreuse.provider.kubernetes.preflight.OwnPlace;
import io.chartreuse.provider.kubernetes.preflight.RecordPreflight;
import io.chartreuse.spi.backend.AccountAware;
import io.chartreuse.spi.backend.Announcement;
import io.chartreuse.spi.backend.Announcer;
import io.chartreuse.spi.backend.ApprovalStore;
import io.chartreuse.spi.backend.ArtifactInspection;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.ClusterIdentity;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.PlanStore;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.RightsReview;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Artifacts in ConfigMaps, the lock in a Lease. Artifacts have no owner: they outlive the hook that made them. */
final class KubernetesBackend
        implements Backend, Preflight, RightsReview, Announcer, AccountAware, ClusterIdentity, ArtifactInspection {

    private final Cluster cluster;
    private final PlanStore plans;
    private final ApprovalStore approvals;
    private final Journal journal;
    private final StateStore state;
    private final Lock lock;
    private final RecordPreflight preflight;
    private final RunEvents events;
    private final ArtifactInspection soundness;

    KubernetesBackend(Cluster cluster, String release, Clock clock) {
        this.cluster = cluster;
        this.plans = new ConfigMapPlans(cluster, release);
        this.approvals = new ConfigMapApprovals(cluster, release);
        this.journal = new ConfigMapJournal(cluster, release);
        this.state = new ConfigMapState(cluster, release);
        this.lock = new LeaseLock(cluster, release);
        this.preflight = new RecordPreflight(cluster, clock, LeaseLock.name(release));
        this.soundness = new ArtifactVerification(cluster, release);
        this.events = new RunEvents(cluster, clock, release);
    }

    @Override
    public PlanStore plans() {
        return plans;
    }

    @Override
    public ApprovalStore approvals() {
        return approvals;
    }

    @Override
    public Optional<String> account() {
        return new OwnAccount(cluster).account();
    }

    @Override
    public Map<String, String> anchor() {
        return new OwnPlace(cluster).anchor();
    }

    @Override
    public List<Diagnostic> unsound() {
        return soundness.unsound();
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public StateStore state() {
        return state;
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public List<Check> check(List<Change> changes) {
        return preflight.check(changes);
    }

    @Override
    public List<Check> examine() {
        return preflight.examine();
    }

    @Override
    public List<Check> reviewRights() {
        return preflight.reviewRights();
    }

    @Override
    public void announce(Announcement announcement) {
        events.announce(announcement);
    }

    @Override
    public void close() {
        events.close();
        cluster.close();
    }
}
