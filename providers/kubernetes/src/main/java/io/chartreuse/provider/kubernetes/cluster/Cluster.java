package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One namespace of one cluster. Connects at the first call; may be used by many threads. */
public final class Cluster implements AutoCloseable {

    private final ClusterSettings settings;
    private final ExecutorService threads = Executors.newCachedThreadPool(Cluster::daemon);
    private KubernetesClient client;

    public Cluster(ClusterSettings settings) {
        this.settings = settings;
    }

    /** The namespace: that of the settings, else that of the kubeconfig's context or of the pod. */
    public String namespace() {
        return settings.namespace()
                .or(() -> Optional.ofNullable(client().getNamespace()))
                .orElse("default");
    }

    /**
     * Makes a request and waits for its answer. The request timeout bounds all tries together, where the client would
     * grant it to each; what is given up may still be executed, so writes must name the version that they change. An
     * interrupt does not cut the request short; the caller looks at the interrupt where it waits for longer.
     *
     * @throws ApiException where it fails, explained
     */
    public <T> T call(ApiRequest request, Function<KubernetesClient, T> call) {
        KubernetesClient connected = client();
        try {
            return CompletableFuture.supplyAsync(() -> call.apply(connected), threads)
                    .orTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw failure(request, e.getCause());
        }
    }

    /**
     * Makes a write that holds under a condition only.
     *
     * @return the answer; empty where the name is taken, the version is no longer the newest, or the object is gone
     * @throws ApiException where it fails otherwise, explained
     */
    public <T> Optional<T> write(ApiRequest request, Function<KubernetesClient, T> write) {
        try {
            return Optional.of(call(request, write));
        } catch (ApiException e) {
            boolean gone = e.notFound() && !request.verb().equals("create");
            if (e.conflict() || gone) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The explanation of a request that failed on another path than {@link #call}: a watch. */
    public ApiException failure(ApiRequest request, Throwable failure) {
        String server = client().getMasterUrl().toString().replaceFirst("/$", "");
        return new ApiFailure(server, namespace()).explain(request, failure);
    }

    @Override
    public synchronized void close() {
        threads.shutdown();
        if (client != null) {
            client.close();
        }
    }

    private synchronized KubernetesClient client() {
        if (client == null) {
            Config config = ClientConfiguration.of(settings);
            client = new KubernetesClientBuilder().withConfig(config).build();
        }
        return client;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "kubernetes-api");
        thread.setDaemon(true);
        return thread;
    }
}
