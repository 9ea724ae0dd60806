package io.chartreuse.provider.patroni;

import io.chartreuse.spi.model.ChartreuseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks all clusters at the same time, so that the time-outs of several add up only once. */
record SideBySide(List<PatroniCluster> clusters) {

    private static final int AT_ONCE = 16;

    /** A question to one cluster. */
    interface Question<T> {
        T of(PatroniCluster cluster) throws InterruptedException;
    }

    /**
     * The answers, in the order of the clusters.
     *
     * @throws ChartreuseException of the first that cannot be asked, or where the thread was interrupted
     */
    <T> List<T> ask(Question<T> question) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, clusters.size())));
        try {
            List<Future<T>> answers = new ArrayList<>();
            clusters.forEach(cluster -> answers.add(threads.submit(() -> question.of(cluster))));
            List<T> results = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                results.add(answer(clusters.get(i), answers.get(i)));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T answer(PatroniCluster cluster, Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChartreuseException(ClusterProblem.ofInterruption(cluster.address()), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
