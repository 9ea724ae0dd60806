package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All objects of one type in the namespace, for all threads that wait for some of them. Lists and watches them once,
 * from the first such thread until it is closed; lists them again where the watch fails for good or its version has
 * expired.
 */
final class Watched<T extends HasMetadata> implements AutoCloseable {

    private final Cluster cluster;
    private final ApiRequest request;
    private final Function<KubernetesClient, SharedIndexInformer<T>> made;
    private final Set<Interest<T>> interests = ConcurrentHashMap.newKeySet();
    private SharedIndexInformer<T> informer;

    Watched(Cluster cluster, Class<T> type) {
        this(cluster, ApiRequest.of("watch", type, ""), client -> {
            // registers the class, because events only name the kind of their object
            client.getKubernetesSerialization().registerKubernetesResource(type);
            return client.resources(type).inNamespace(cluster.namespace()).runnableInformer(0);
        });
    }

    /** @param made creates an informer that does not run yet */
    Watched(Cluster cluster, ApiRequest request, Function<KubernetesClient, SharedIndexInformer<T>> made) {
        this.cluster = cluster;
        this.request = request;
        this.made = made;
    }

    /**
     * Follows some of the objects; returns when the first list was read.
     *
     * @param which called for each event, on the thread that reads events: must be quick
     */
    Interest<T> follow(Predicate<? super T> which) {
        return follow(which, new Semaphore(0));
    }

    /** @param changes gets a permit for each change; may be shared with other watches */
    Interest<T> follow(Predicate<? super T> which, Semaphore changes) {
        SharedIndexInformer<T> running = running();
        Interest<T> mine = new Interest<>(which, changes, () -> objects(running), interests::remove);
        interests.add(mine);
        return mine;
    }

    private List<T> objects(SharedIndexInformer<T> running) {
        try {
            running.stopped().toCompletableFuture().getNow(null);
        } catch (CompletionException e) {
            throw cluster.failure(request, e.getCause());
        }
        return running.getStore().list();
    }

    /** The running informer, or a new one where the last has failed: its rights may have been granted since. */
    private synchronized SharedIndexInformer<T> running() {
        if (informer == null || informer.stopped().toCompletableFuture().isDone()) {
            informer = cluster.call(request, this::start);
        }
        return informer;
    }

    private SharedIndexInformer<T> start(KubernetesClient client) {
        SharedIndexInformer<T> fresh = made.apply(client);
        fresh.addEventHandler(new News());
        fresh.exceptionHandler((started, failure) -> started && !denied(failure));
        fresh.stopped().whenComplete((nothing, failure) -> interests.forEach(Interest::wake));
        CompletableFuture<Void> started = fresh.start().toCompletableFuture();
        try {
            started.join();
            return fresh;
        } catch (CompletionException e) {
            fresh.stop();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (informer != null) {
            informer.stop();
        }
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

    /** Wakes the threads that a change concerns. */
    private final class News implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            interests.forEach(interest -> interest.changed(added));
        }

        @Override
        public void onUpdate(T before, T after) {
            interests.forEach(interest -> interest.changed(after));
        }

        @Override
        public void onDelete(T deleted, boolean stateUnknown) {
            interests.forEach(interest -> interest.changed(deleted));
        }
    }
}
