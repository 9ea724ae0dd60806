package io.chartreuse.provider.postgres;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Reads databases at the same time, so that time-outs add up only once and the problems of all are reported. */
final class SideBySide {

    private static final int AT_ONCE = 8;

    private final List<Database> databases;

    SideBySide(List<Database> databases) {
        this.databases = databases;
    }

    /** @throws ChartreuseException with the problems of all databases that could not be read */
    <T> List<T> each(Function<Database, T> reading) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, databases.size())));
        try {
            return gathered(databases.stream()
                    .map(database -> CompletableFuture.supplyAsync(() -> reading.apply(database), threads))
                    .toList());
        } finally {
            threads.shutdown();
        }
    }

    /** The problems of all databases. */
    List<Check> examine() {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, databases.size())));
        try {
            List<CompletableFuture<List<Check>>> looks = databases.stream()
                    .map(database -> CompletableFuture.supplyAsync(database::examine, threads))
                    .toList();
            return looks.stream().flatMap(look -> look.join().stream()).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static <T> List<T> gathered(List<CompletableFuture<T>> reads) {
        List<T> results = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        for (CompletableFuture<T> read : reads) {
            try {
                results.add(read.join());
            } catch (CompletionException e) {
                problems.addAll(explained(e).diagnostics());
                causes.add(e.getCause());
            }
        }
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems, causes.get(0));
        }
        return results;
    }

    private static ChartreuseException explained(CompletionException failure) {
        if (failure.getCause() instanceof ChartreuseException explained) {
            return explained;
        }
        throw failure;
    }
}
