package io.chartreuse.provider.kubernetes.cluster;

import io.chartreuse.spi.model.Fence;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.text.DurationText;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One namespace of one cluster. Connects at the first call; may be used by many threads. */
public final class Cluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** An address that has never answered is probably wrong: the error is reported soon. */
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(5);

    /** More connections at once would cost the API server more in handshakes than they bring. */
    private static final int CONCURRENT_REQUESTS = 32;

    /** The limit of optional requests, so that a slow server does not delay the run. */
    private static final Duration WARMING = Duration.ofSeconds(2);

    /** Names the account whose rights are checked. */
    private static final String REVIEWED_ACCOUNT = "CHARTREUSE_REVIEWED_ACCOUNT";

    private final ClusterSettings settings;
    private final Fence fence;
    private final Semaphore turns = new Semaphore(CONCURRENT_REQUESTS, true);
    private final ExecutorService threads = Executors.newCachedThreadPool(Cluster::daemon);
    private final Backpressure backpressure = new Backpressure();
    private final ThreadLocal<Progress> listener = new ThreadLocal<>();
    private final ThreadLocal<Boolean> insisting = ThreadLocal.withInitial(() -> false);
    private final Deque<Runnable> endings = new ConcurrentLinkedDeque<>();
    private volatile boolean answered;
    private KubernetesClient client;

    /** @param fence asked before each request that changes something */
    public Cluster(ClusterSettings settings, Fence fence) {
        this.settings = settings;
        this.fence = fence;
    }

    /** How long one try of a request may take. */
    public Duration requestTimeout() {
        return settings.requestTimeout();
    }

    /** The namespace: that of the settings, else that of the kubeconfig's context or of the pod. */
    public String namespace() {
        return settings.namespace()
                .or(() -> Optional.ofNullable(client().getNamespace()))
                .orElse("default");
    }

    /**
     * The account whose rights are checked instead of this process's own: {@code system:serviceaccount:shop-prod:shop}.
     * A release's check runs under an account that may only read.
     */
    public Optional<String> reviewedAccount() {
        return Optional.ofNullable(settings.environment().get(REVIEWED_ACCOUNT)).filter(name -> !name.isBlank());
    }

    /** Reports this thread's retries to {@code progress} until {@link #logRetries}. */
    public void tellRetries(Progress progress) {
        listener.set(progress);
    }

    /** Logs this thread's retries from now on, which is the default while no {@code Progress} is set. */
    public void logRetries() {
        listener.remove();
    }

    /**
     * Does some work and retries its requests, within the retry budget, even where the server refuses the credentials
     * or a right is missing. For the start of workloads that were stopped with the same rights: a token is renewed, a
     * deleted Role may come back, and without a retry the workloads would stay stopped.
     */
    public <T> T insist(Supplier<T> work) {
        insisting.set(true);
        try {
            return work.get();
        } finally {
            insisting.remove();
        }
    }

    /**
     * Makes a request and waits for its answer. Retries a transient failure, such as no answer within the request
     * timeout, until the retry budget is spent. A request that timed out may still be executed: a write must name the
     * version that it changes, and a create must recognise its own object. An interrupt does not cut a request short;
     * it ends the retries.
     *
     * @throws ApiException where it fails, explained
     */
    public <T> T call(ApiRequest request, Function<KubernetesClient, T> call) {
        return call(request, settings.retryBudget(), call);
    }

    /** The same with a shorter limit: {@code patience} bounds all tries where it is less than the budget. */
    public <T> T call(ApiRequest request, Duration patience, Function<KubernetesClient, T> call) {
        KubernetesClient connected = client();
        Duration budget = shorter(patience, settings.retryBudget());
        Backoff backoff = new Backoff(budget);
        Optional<Throwable> refusal = Optional.empty();
        while (true) {
            if (awaitLock(request, backoff.remaining())) {
                backoff = new Backoff(budget);
            }
            Duration timeout = shorter(settings.requestTimeout(), backoff.remaining());
            try {
                CompletableFuture<T> answer = attempt(connected, request, call, timeout);
                if (answer.isCancelled()) {
                    continue;
                }
                answered = true;
                return answer.join();
            } catch (CompletionException e) {
                // An attempt that the end of the budget cut short is not a new failure: the earlier one is reported.
                boolean cut = timeout.compareTo(settings.requestTimeout()) < 0;
                Throwable failure =
                        cut && TransientFailures.status(e.getCause()).isEmpty()
                                ? refusal.orElse(e.getCause())
                                : e.getCause();
                refusal = Optional.of(failure)
                        .filter(known -> TransientFailures.status(known).isPresent());
                answered |= refusal.isPresent();
                if (!mayPass(failure)) {
                    throw failure(request, failure);
                }
                if (backoff.tries() == 0) {
                    tell(request, failure, budget);
                }
                if (isProbablyWrong(failure, backoff) || !backoff.pause(backpressure.remaining())) {
                    throw failure(request, failure);
                }
            }
        }
    }

    private boolean mayPass(Throwable failure) {
        return TransientFailures.passes(failure) || insisting.get() && TransientFailures.lacksRight(failure);
    }

    /** Whether the write had to wait for the lock, which could not be renewed for a while. */
    private boolean awaitLock(ApiRequest request, Duration patience) {
        return request.isFenced() && fence.await(settings.requestTimeout(), patience);
    }

    /** Whether the address is probably wrong: a server that accepts the connection and is slow to answer exists. */
    private boolean isProbablyWrong(Throwable failure, Backoff backoff) {
        return !answered
                && !TransientFailures.isSlow(failure)
                && backoff.spent().compareTo(FIRST_CONTACT) >= 0;
    }

    /**
     * Completes with the call's result. Cancelled where, at its turn, the lock is no longer known to be held for long
     * enough. The library's own timeout bounds one exchange, not all exchanges of a call.
     */
    private <T> CompletableFuture<T> attempt(
            KubernetesClient connected, ApiRequest request, Function<KubernetesClient, T> call, Duration timeout) {
        turns.acquireUninterruptibly();
        try {
            CompletableFuture<T> answer = new CompletableFuture<>();
            if (request.isFenced() && !fence.isOpen(timeout)) {
                answer.cancel(false);
                return answer;
            }
            answer = CompletableFuture.supplyAsync(() -> call.apply(connected), threads)
                    .orTimeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
            answer.join();
            return answer;
        } finally {
            turns.release();
        }
    }

    private void tell(ApiRequest request, Throwable failure, Duration budget) {
        String message = "API server: %s (%s); retrying for at most %s"
                .formatted(TransientFailures.brief(failure), request, DurationText.of(budget));
        Optional.ofNullable(listener.get())
                .ifPresentOrElse(progress -> progress.report(message), () -> LOG.warn(message));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Makes a conditional write.
     *
     * @return the answer; empty where the name is taken, the version is no longer the newest, or the object is gone
     * @throws ApiException where it fails otherwise, explained
     */
    public <T> Optional<T> write(ApiRequest request, Function<KubernetesClient, T> write) {
        return write(request, settings.retryBudget(), write);
    }

    /** The same with a shorter limit. */
    public <T> Optional<T> write(ApiRequest request, Duration patience, Function<KubernetesClient, T> write) {
        try {
            return Optional.of(call(request, patience, write));
        } catch (ApiException e) {
            boolean gone = e.notFound() && !request.verb().equals("create");
            if (e.conflict() || gone) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The resources of an API's version as the server lists them; empty where it does not serve that. Every
     * authenticated user may ask this.
     *
     * @param apiVersion {@code keda.sh/v1alpha1}
     */
    public Optional<APIResourceList> resources(String apiVersion) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        try {
            return Optional.ofNullable(
                    call(new ApiRequest("get", group, "*", ""), client -> client.getApiResources(apiVersion)));
        } catch (ApiException e) {
            if (e.notFound()) {
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

    /**
     * Opens so many connections at the same time, up to the limit of concurrent requests, before a moment when time
     * matters. Ignores failures: the requests that need a connection open it then.
     */
    public void warm(int requests) {
        ApiRequest version = new ApiRequest("get", "", "version", "");
        CompletableFuture<?>[] looks = IntStream.range(0, Math.min(requests, CONCURRENT_REQUESTS))
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> call(version, WARMING, client -> client.raw("/version")), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(looks).exceptionally(left -> null).join();
    }

    /**
     * Starts a question on another thread and returns a supplier that waits for its answer, so that several run at the
     * same time.
     */
    public <T> Supplier<T> asking(Supplier<T> question) {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, threads);
        return () -> {
            try {
                return answer.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        };
    }

    /** Registers what has to end before the connection is closed, such as a watch. */
    public void closing(Runnable end) {
        endings.push(end);
    }

    @Override
    public synchronized void close() {
        endings.forEach(Runnable::run);
        threads.shutdown();
        if (client != null) {
            client.close();
        }
    }

    private synchronized KubernetesClient client() {
        if (client == null) {
            TlsWarmUp.begin();
            Config config = ClientConfiguration.of(settings);
            client = new KubernetesClientBuilder()
                    .withConfig(config)
                    .withKubernetesSerialization(KnownModels.SERIALIZATION)
                    .withHttpClientFactory(new ClusterTransport(config))
                    .withHttpClientBuilderConsumer(
                            builder -> builder.addOrReplaceInterceptor("backpressure", backpressure))
                    .build();
        }
        return client;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "kubernetes-api");
        thread.setDaemon(true);
        return thread;
    }
}
