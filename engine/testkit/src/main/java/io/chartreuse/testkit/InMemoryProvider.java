package io.chartreuse.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.RightsReview;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.LostCommitCheck;
import io.chartreuse.spi.provider.MaintenanceWatcher;
import io.chartreuse.spi.provider.OfflinePlanning;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ReadinessCheck;
import io.chartreuse.spi.provider.ReadinessState;
import io.chartreuse.spi.provider.Repairable;
import io.chartreuse.spi.provider.RunFinisher;
import io.chartreuse.spi.provider.SnapshotSource;
import io.chartreuse.spi.provider.StaleSuspensionRelease;
import io.chartreuse.spi.provider.StoppedEarly;
import io.chartreuse.spi.provider.SuspensionWatcher;
import io.chartreuse.spi.text.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** All three roles over an {@link InMemoryWorld}: {@code memory.gate/gate}, {@code memory.database/*}, {@code memory.workload/*}. */
public final class InMemoryProvider
        implements Provider,
                Preflight,
                RightsReview,
                Repairable,
                SuspensionWatcher,
                StaleSuspensionRelease,
                LostCommitCheck,
                RunFinisher,
                SnapshotSource,
                OfflinePlanning,
                ReadinessCheck,
                MaintenanceWatcher {

    /** The errors that a test can make the in-memory world raise. */
    public enum Failure implements ErrorCode {
        MIGRATION,
        GATE,
        RIGHTS,
        LOST,
        START,
        REPAIR,
        UNREADABLE,
        STORE;

        @Override
        public String code() {
            return "memory." + name().toLowerCase(Locale.ROOT);
        }

        @Override
        public ErrorType type() {
            return ErrorType.EXTERNAL;
        }
    }

    private final InMemoryWorld world;
    private final CrashSchedule crashes;

    public InMemoryProvider(InMemoryWorld world, CrashSchedule crashes) {
        this.world = world;
        this.crashes = crashes;
    }

    @Override
    public List<Resource> refresh() {
        crashes.touch();
        if (world.isUnreadable()) {
            throw failure(Failure.UNREADABLE, "the world cannot be read");
        }
        synchronized (world) {
            List<Resource> resources = new ArrayList<>();
            ObjectNode ready = object().put("ready", true);
            resources.add(Resource.gate(new Address("memory.gate", "gate"), ready, ready, "must be ready"));
            world.databases.forEach((name, database) -> resources.add(database(name, database)));
            world.safeguards.forEach((name, safeguard) -> resources.add(safeguard(name, safeguard)));
            world.workloads.forEach((name, workload) -> resources.add(workload(name, workload)));
            return resources;
        }
    }

    static Resource database(String name, InMemoryWorld.Database database) {
        List<Migration> pending = new ArrayList<>();
        for (int version = database.revision + 1; version <= database.target; version++) {
            String script = "V" + version + ".sql";
            pending.add(new Migration(
                    Optional.of(String.valueOf(version)), "step " + version, script, Sha256.of(script), true));
        }
        int target = Math.max(database.revision, database.target);
        return Resource.migrate(
                        new Address("memory.database", name),
                        revision(database.revision),
                        revision(target),
                        pending,
                        pending.size() + " migrations are pending")
                .withFingerprint(
                        Map.of("system", database.identity), Map.of("revision", String.valueOf(database.revision)))
                .withOrder(database.order);
    }

    @Override
    public List<Snapshot> snapshot() {
        crashes.touch();
        if (world.isUnreadable()) {
            throw failure(Failure.UNREADABLE, "the world cannot be read");
        }
        return InMemoryRecord.snapshot(world);
    }

    @Override
    public List<Resource> refresh(List<Recorded> recorded) {
        return InMemoryRecord.resources(world, recorded);
    }

    private static Resource workload(String name, InMemoryWorld.Workload workload) {
        int wanted = workload.former < 0 ? workload.replicas : workload.former;
        return Resource.quiesce(
                        new Address("memory.workload", name),
                        workload.order,
                        replicas(workload.replicas),
                        replicas(wanted),
                        replicas(0),
                        "priority " + workload.order)
                .withFingerprint(Map.of("uid", workload.uid), Map.of("stopped", String.valueOf(workload.former >= 0)));
    }

    private static Resource safeguard(String name, InMemoryWorld.Safeguard safeguard) {
        return Resource.suspend(
                new Address("memory.safeguard", name),
                suspended(safeguard.suspended),
                suspended(false),
                suspended(true),
                "out of force while databases migrate");
    }

    @Override
    public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        String name = step.change().address().name();
        if (step.change().address().kind().equals("database")) {
            return migrate(name, step, progress); // whatever the plan calls it: providers go by the address
        }
        return switch (step.change().role()) {
            case GATE -> gate();
            case MIGRATE -> migrate(name, step, progress);
            case SUSPEND -> suspend(name, step.to() == Phase.DURING);
            case QUIESCE -> step.to() == Phase.DURING ? stop(name) : start(name, step, progress);
        };
    }

    @Override
    public Optional<Diagnostic> lost(Change change, List<MigrationResult> recorded, Resource now) {
        int revision = world.revision(change.address().name());
        return recorded.stream()
                .filter(result -> Integer.parseInt(result.script().replaceAll("\\D", "")) > revision)
                .findFirst()
                .map(result -> Diagnostic.error(
                        Failure.LOST, change.address() + " lost " + result.script(), "Look at its server."));
    }

    @Override
    public void unblock(Progress progress) throws InterruptedException {
        world.unblocking().unblock(progress);
    }

    @Override
    public void watch(Address suspended, Progress progress) throws InterruptedException {
        world.suspensionWatcher().watch(suspended, progress);
    }

    @Override
    public void watch(Step step, Interference found) throws InterruptedException {
        world.maintenanceWatch().watch(step, found);
    }

    @Override
    public List<Diagnostic> finish(Duration patience) {
        return world.finishing().finish(patience);
    }

    @Override
    public List<Diagnostic> awaitReady(Map<Step, Progress> started) throws InterruptedException {
        return world.readiness().awaitReady(started);
    }

    private ObjectNode suspend(String name, boolean suspends) {
        crashes.touch();
        synchronized (world) {
            InMemoryWorld.Safeguard safeguard = world.safeguards.get(name);
            if (!suspends && safeguard.refusesToResume) {
                throw failure(Failure.START, name + " cannot be resumed");
            }
            if (safeguard.suspended != suspends) {
                safeguard.suspended = suspends;
                world.record((suspends ? "suspend " : "resume ") + name);
            }
            return suspended(safeguard.suspended);
        }
    }

    private ObjectNode gate() {
        crashes.touch();
        if (!world.gateOpens()) {
            throw failure(Failure.GATE, "the gate stays closed");
        }
        return object().put("ready", true);
    }

    private ObjectNode migrate(String name, Step step, Progress progress) throws InterruptedException {
        int target = step.change().after().get("revision").asInt();
        for (int next = world.revision(name) + 1; next <= target; next++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (progress.stopping()) {
                throw new StoppedEarly("stopped before V" + next + ".sql, at revision " + (next - 1));
            }
            progress.report("migration " + next + " of " + target);
            world.warning(name, next).ifPresent(progress::warn);
            if (world.hangs(name, next)) {
                hang();
            }
            if (world.awaited(name, next).isPresent()) {
                world.awaited(name, next).get().await();
            }
            migrateOne(name, next, progress);
        }
        return revision(world.revision(name));
    }

    private void hang() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            if (world.deafUntil().isPresent()) {
                world.deafUntil().get().await();
            }
            throw e;
        }
    }

    private void migrateOne(String name, int next, Progress progress) {
        crashes.touch();
        synchronized (world) {
            InMemoryWorld.Database database = world.databases.get(name);
            if (database.failsAt == next) {
                progress.ended(MigrationResult.failed("V" + next + ".sql", Duration.ZERO));
                throw failure(Failure.MIGRATION, "migration " + next + " of " + name + " failed");
            }
            database.revision = next;
            world.record("migrate " + name + " to " + next);
        }
        progress.ended(MigrationResult.applied("V" + next + ".sql", Duration.ZERO));
    }

    /** As a real one: the former state is written in the same touch that stops it. */
    private ObjectNode stop(String name) {
        crashes.touch();
        synchronized (world) {
            InMemoryWorld.Workload workload = world.workloads.get(name);
            if (workload.former < 0) {
                workload.former = workload.replicas;
                workload.replicas = 0;
                world.record("stop " + name);
            }
            return replicas(workload.replicas);
        }
    }

    private ObjectNode start(String name, Step step, Progress progress) {
        crashes.touch();
        synchronized (world) {
            InMemoryWorld.Workload workload = world.workloads.get(name);
            if (workload.refusesToStart) {
                throw failure(Failure.START, name + " cannot be started");
            }
            if (!workload.keptBy.isEmpty()) {
                progress.shows(replicas(0).put("keptBy", workload.keptBy));
                progress.stands(ReadinessState.STOPPED, "left stopped by " + workload.keptBy);
                workload.former = -1;
                return replicas(step.change().after().get("replicas").asInt());
            }
            if (workload.former >= 0) {
                workload.replicas = step.change().after().get("replicas").asInt();
                workload.former = -1;
                world.record("start " + name);
            }
            return replicas(workload.replicas);
        }
    }

    @Override
    public List<Check> check(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.address().provider().equals("memory"))
                .map(change -> rights(change.address()))
                .toList();
    }

    @Override
    public List<Check> examine() {
        return refresh().stream().map(resource -> rights(resource.address())).toList();
    }

    @Override
    public List<Check> reviewRights() {
        return examine();
    }

    private Check rights(Address address) {
        String subject = "rights on " + address;
        return world.isGranted(address.toString())
                ? Check.good(subject, "granted")
                : Check.bad(
                        subject,
                        "missing",
                        Diagnostic.error(
                                        Failure.RIGHTS,
                                        address + " may not be changed",
                                        "Grant it:\n  - resources: [" + address.name() + "]\n    verbs: [stop, start]")
                                .about(address));
    }

    @Override
    public List<Repair> repairs() {
        crashes.touch();
        return world.remains();
    }

    @Override
    public void repair(Repair repair) {
        crashes.touch();
        if (!world.clear(repair)) {
            throw failure(Failure.REPAIR, repair.name() + " is not there");
        }
    }

    private static ChartreuseException failure(Failure failure, String summary) {
        return new ChartreuseException(Diagnostic.error(failure, summary, "fix the test world"));
    }

    private static ObjectNode revision(int revision) {
        return object().put("revision", String.valueOf(revision));
    }

    private static ObjectNode suspended(boolean suspended) {
        return object().put("suspended", suspended);
    }

    private static ObjectNode replicas(int replicas) {
        return object().put("replicas", replicas);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        // the world goes on
    }
}
