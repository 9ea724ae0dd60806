package io.chartreuse.provider.kubernetes;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work beside a test's own thread. */
final class Background {

    private Background() {}

    static <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
