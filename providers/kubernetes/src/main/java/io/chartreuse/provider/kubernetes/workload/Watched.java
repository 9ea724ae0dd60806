package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A set of objects that follows the cluster: listed, watched from there, listed again where the watch breaks off for
 * good or its version has expired.
 */
final class Watched<T extends HasMetadata> implements AutoCloseable {

    private final Cluster cluster;
    private final ApiRequest request;
    private final SharedIndexInformer<T> informer;
    private final CompletableFuture<Void> stopped;

    private Watched(Cluster cluster, ApiRequest request, SharedIndexInformer<T> informer) {
        this.cluster = cluster;
        this.request = request;
        this.informer = informer;
        this.stopped = informer.stopped().toCompletableFuture();
    }

    /** Starts watching; returns when the first list is there. {@code changes} gets a permit for each change. */
    static <T extends HasMetadata> Watched<T> start(
            Cluster cluster, Class<T> type, Function<KubernetesClient, Informable<T>> which, Semaphore changes) {
        ApiRequest request = ApiRequest.of("watch", type, "");
        SharedIndexInformer<T> informer = cluster.call(request, client -> {
            SharedIndexInformer<T> fresh = which.apply(client).runnableInformer(0);
            fresh.addEventHandler(new Signal<>(changes));
            fresh.exceptionHandler((started, failure) -> started && !denied(failure));
            fresh.stopped().whenComplete((nothing, failure) -> changes.release());
            fresh.start().toCompletableFuture().join();
            return fresh;
        });
        return new Watched<>(cluster, request, informer);
    }

    /**
     * The objects as last heard of.
     *
     * @throws io.chartreuse.spi.ChartreuseException where the watch ended and cannot be taken up again
     */
    List<T> objects() {
        try {
            stopped.getNow(null);
        } catch (CompletionException e) {
            throw cluster.failure(request, e.getCause());
        }
        return informer.getStore().list();
    }

    @Override
    public void close() {
        informer.stop();
    }

    private static boolean denied(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answer
                    && (answer.getCode() == 401 || answer.getCode() == 403)) {
                return true;
            }
        }
        return false;
    }
}
