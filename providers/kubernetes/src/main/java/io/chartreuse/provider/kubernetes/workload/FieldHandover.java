package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gives up the ownership of fields that a run has changed. Otherwise a deployment by server-side apply (Helm 4, Flux,
 * Argo CD) would be refused. Sends one request per object, all at the same time, and none for an object without such
 * fields.
 */
public final class FieldHandover {

    private static final int AT_ONCE = 16;

    private final Workloads workloads;

    public FieldHandover(Workloads workloads) {
        this.workloads = workloads;
    }

    /**
     * Gives up the fields of these workloads and of their autoscalers.
     *
     * @param patience how long it may take
     * @return a warning for each object whose fields Chartreuse still owns
     */
    public List<Diagnostic> of(List<Workload> all, Duration patience) {
        List<Handed> objects = all.stream().flatMap(this::objects).toList();
        if (objects.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, objects.size()), work -> {
            Thread daemon = new Thread(work, "field-handover");
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            return warnings(objects, begin(threads, objects, patience));
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Future<Void>> begin(ExecutorService threads, List<Handed> objects, Duration patience) {
        List<Callable<Void>> tasks = objects.stream()
                .<Callable<Void>>map(object -> () -> {
                    object.give().accept(patience);
                    return null;
                })
                .toList();
        try {
            return threads.invokeAll(tasks, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<Diagnostic> warnings(List<Handed> objects, List<Future<Void>> results) {
        List<Diagnostic> warnings = new ArrayList<>();
        for (int at = 0; at < objects.size(); at++) {
            String title = objects.get(at).title();
            Optional<String> failure = at < results.size() ? failure(results.get(at)) : Optional.of("interrupted");
            failure.ifPresent(why -> warnings.add(warning(title, why)));
        }
        return warnings;
    }

    private static Optional<String> failure(Future<Void> result) {
        try {
            result.get();
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.of("there was no time left");
        } catch (ExecutionException e) {
            return Optional.of(
                    e.getCause() instanceof ChartreuseException explained
                            ? explained.getMessage()
                            : e.getCause().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static Diagnostic warning(String title, String why) {
        return Diagnostic.warning(
                KubernetesError.FIELDS_KEPT,
                title + " still counts as changed by field manager \"chartreuse\": " + why,
                "A deployment by server-side apply may be refused for it (conflict with \"chartreuse\")."
                        + " `chartreuse restore` gives the fields up");
    }

    private Stream<Handed> objects(Workload workload) {
        Handed itself = new Handed(
                workload.title(), patience -> workloads.of(workload.kind()).giveUpFields(workload.name(), patience));
        return Stream.concat(
                Stream.of(itself),
                workload.autoscalers().stream()
                        .map(scaler -> new Handed(
                                scaler.title(),
                                patience -> workloads.autoscalers().giveUpFields(scaler, patience))));
    }

    private record Handed(String title, Consumer<Duration> give) {}
}
