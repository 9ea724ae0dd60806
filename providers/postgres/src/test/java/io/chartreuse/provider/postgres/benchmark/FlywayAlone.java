package io.chartreuse.provider.postgres.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** Flyway with its own defaults. */
final class FlywayAlone implements Contestant {

    @Override
    public Duration plan(String url, Path migrations) {
        long begun = System.nanoTime();
        flyway(url, migrations).info().all();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public Duration migrate(String url, Path migrations) {
        Flyway flyway = flyway(url, migrations);
        long begun = System.nanoTime();
        flyway.migrate();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Flyway flyway(String url, Path migrations) {
        return Flyway.configure()
                .dataSource(url, "postgres", "")
                .locations("filesystem:" + migrations)
                .loggers("slf4j")
                .load();
    }
}
