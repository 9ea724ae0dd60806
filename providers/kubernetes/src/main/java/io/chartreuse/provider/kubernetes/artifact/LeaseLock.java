package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.UnreadableLease;
import io.chartreuse.spi.backend.VersionConflict;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lock as a Lease named for the release. The API server's resource version makes the swap atomic. A write is tried
 * for a third of the lease's duration, so that the renewing thread learns of a failure in time for another try; with a
 * slow server for one whole request.
 */
public final class LeaseLock implements Lock {

    /** As long as the retry budget allows. */
    private static final Duration UNHURRIED = Duration.ofDays(1);

    private final Cluster cluster;
    private final LeaseForm form;
    private final String name;

    public LeaseLock(Cluster cluster, String release) {
        this.cluster = cluster;
        this.form = new LeaseForm(release);
        this.name = name(release);
    }

    /** The name of the release's Lease. */
    public static String name(String release) {
        return ArtifactNames.lease(release);
    }

    @Override
    public Optional<io.chartreuse.spi.backend.Lease> read() {
        return find(UNHURRIED).map(form::read);
    }

    @Override
    public io.chartreuse.spi.backend.Lease write(io.chartreuse.spi.backend.Lease lease) throws VersionConflict {
        Duration patience = patience(lease);
        Optional<Lease> written = lease.version().isEmpty() ? create(lease) : replace(lease);
        return written.or(() -> find(patience).filter(there -> form.says(there, lease)))
                .map(form::read)
                .orElseThrow(this::conflict);
    }

    @Override
    public void delete(io.chartreuse.spi.backend.Lease lease) throws VersionConflict {
        current(lease).orElseThrow(this::conflict);
        attempt("delete", patience(lease), leases -> {
                    leases.withName(name).lockResourceVersion(lease.version()).delete();
                    return true;
                })
                .orElseThrow(this::conflict);
    }

    private Optional<Lease> create(io.chartreuse.spi.backend.Lease lease) {
        return attempt(
                "create",
                patience(lease),
                leases -> leases.resource(form.write(lease)).create());
    }

    private Optional<Lease> replace(io.chartreuse.spi.backend.Lease lease) {
        return attempt(
                "update",
                patience(lease),
                leases -> leases.resource(form.write(lease)).update());
    }

    /** The stored lease, where it is still at that version. */
    private Optional<Lease> current(io.chartreuse.spi.backend.Lease lease) {
        return find(patience(lease))
                .filter(there -> there.getMetadata().getResourceVersion().equals(lease.version()));
    }

    private Optional<Lease> find(Duration patience) {
        Optional<Lease> found = Optional.ofNullable(cluster.call(
                request("get"), patience, client -> in(client).withName(name).get()));
        if (found.filter(lease -> !form.isOurs(lease)).isPresent()) {
            throw new UnreadableLease(ArtifactFailures.foreign("Lease", name, cluster.namespace()));
        }
        return found;
    }

    private <T> Optional<T> attempt(
            String verb, Duration patience, Function<NonNamespaceOperation<Lease, ?, Resource<Lease>>, T> write) {
        return cluster.write(request(verb), patience, client -> write.apply(in(client)));
    }

    @Override
    public Duration requestTimeout() {
        return cluster.requestTimeout();
    }

    private Duration patience(io.chartreuse.spi.backend.Lease lease) {
        Duration third = lease.duration().dividedBy(3);
        return third.compareTo(requestTimeout()) > 0 ? third : requestTimeout();
    }

    private VersionConflict conflict() {
        return new VersionConflict("the Lease " + name + " in namespace " + cluster.namespace());
    }

    private NonNamespaceOperation<Lease, ?, Resource<Lease>> in(KubernetesClient client) {
        return client.resources(Lease.class).inNamespace(cluster.namespace());
    }

    private ApiRequest request(String verb) {
        return ApiRequest.of(verb, Lease.class, name);
    }
}
