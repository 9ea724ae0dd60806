package io.chartreuse.provider.kubernetes;

import io.chartreuse.provider.kubernetes.artifact.ConfigMapJournal;
import io.chartreuse.provider.kubernetes.artifact.ConfigMapPlans;
import io.chartreuse.provider.kubernetes.artifact.LeaseLock;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.Backend;
import io.chartreuse.spi.Journal;
import io.chartreuse.spi.Lock;
import io.chartreuse.spi.PlanStore;

/** Artifacts in ConfigMaps, the lock in a Lease. Artifacts have no owner: they outlive the hook that made them. */
final class KubernetesBackend implements Backend {

    private final Cluster cluster;
    private final PlanStore plans;
    private final Journal journal;
    private final Lock lock;

    KubernetesBackend(Cluster cluster, String release) {
        this.cluster = cluster;
        this.plans = new ConfigMapPlans(cluster, release);
        this.journal = new ConfigMapJournal(cluster, release);
        this.lock = new LeaseLock(cluster, release);
    }

    @Override
    public PlanStore plans() {
        return plans;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
