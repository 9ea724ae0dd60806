package io.chartreuse.provider.patroni.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** Waits for the replies to simultaneous requests. */
final class Replies {

    private Replies() {}

    /**
     * Waits until one reply is enough, or all have come. Cancels requests without a reply by then.
     *
     * @param asked running requests by their receivers; each ends in time, and never with an exception
     * @return the replies that have come, in the order of the requests
     */
    static <K> Map<K, Reply> await(Map<K, CompletableFuture<Reply>> asked, Predicate<Reply> enough)
            throws InterruptedException {
        List<CompletableFuture<Reply>> open = new ArrayList<>(asked.values());
        try {
            while (!open.isEmpty()) {
                CompletableFuture.anyOf(open.toArray(CompletableFuture[]::new)).get();
                List<CompletableFuture<Reply>> done =
                        open.stream().filter(CompletableFuture::isDone).toList();
                if (done.stream().map(CompletableFuture::join).anyMatch(enough)) {
                    break;
                }
                open.removeAll(done);
            }
            return came(asked);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            asked.values().forEach(question -> question.cancel(true));
        }
    }

    private static <K> Map<K, Reply> came(Map<K, CompletableFuture<Reply>> asked) {
        Map<K, Reply> replies = new LinkedHashMap<>();
        asked.forEach((who, question) -> {
            if (question.isDone()) {
                replies.put(who, question.join());
            }
        });
        return replies;
    }
}
