package io.chartreuse.provider.patroni;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.secret.Redactor;
import io.chartreuse.core.session.ApplyOptions;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.session.SessionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A complete release for tests: a configuration, its migrations, and the engine that executes them. */
final class Release {

    final List<String> said = new CopyOnWriteArrayList<>();
    private final Path directory;
    private final Path configuration;

    Release(Path directory) throws IOException {
        this.directory = directory;
        this.configuration = directory.resolve("chartreuse.yaml");
        Files.createDirectories(directory.resolve("migrations"));
    }

    Release configured(String text) throws IOException {
        Files.writeString(configuration, "version: 1\nrelease: shop\nbackend: file\n" + text);
        return this;
    }

    Release migration(String file, String sql) throws IOException {
        Files.writeString(directory.resolve("migrations").resolve(file), sql);
        return this;
    }

    Plan plan() {
        try (Session session = open()) {
            return session.plan(false);
        }
    }

    /** Makes the plan under the lock, as the command does. */
    RunReport applyNext() throws InterruptedException {
        try (Session session = open()) {
            session.hold(Duration.ZERO, said::add);
            return session.apply(
                    session.plan(false),
                    new ApplyOptions(4, Duration.ZERO, new StopSignal(Clock.systemUTC()), this::hear));
        }
    }

    Plan planRestore() {
        try (Session session = open()) {
            return session.planRestore();
        }
    }

    RunReport apply(Plan plan) {
        try (Session session = open()) {
            return session.apply(
                    plan, new ApplyOptions(4, Duration.ZERO, new StopSignal(Clock.systemUTC()), this::hear));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<RunReport> applying(Plan plan) {
        return CompletableFuture.supplyAsync(() -> apply(plan), command -> new Thread(command, "apply").start());
    }

    boolean hasSaid(String part) {
        return said.stream().anyMatch(text -> text.contains(part));
    }

    private void hear(RunEvent event) {
        if (event instanceof RunEvent.StepProgress progress) {
            said.add(progress.message());
        } else if (event instanceof RunEvent.StepWarned warned) {
            said.add(warned.message());
        } else if (event instanceof RunEvent.Note note) {
            said.add(note.message());
        }
    }

    private Session open() {
        return Session.open(
                configuration,
                new SessionContext(
                        Registry.installed(),
                        Map.of("PG_PASSWORD", "super", "REST_PASSWORD", "rest"),
                        Clock.systemUTC(),
                        new Redactor()));
    }
}
