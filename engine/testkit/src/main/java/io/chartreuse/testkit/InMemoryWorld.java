package io.chartreuse.testkit;

import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.provider.MaintenanceWatcher;
import io.chartreuse.spi.provider.ReadinessCheck;
import io.chartreuse.spi.provider.RunFinisher;
import io.chartreuse.spi.provider.StaleSuspensionRelease;
import io.chartreuse.spi.provider.SuspensionWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/**
 * Databases and workloads in memory. It outlives the processes that work on it and keeps count of what was done to it.
 * Not a fake of any product: a database is a number that migrations raise, a workload a number of replicas with a note
 * of the former one.
 */
public final class InMemoryWorld {

    /** A database. {@code failsAt} is the revision whose migration fails; 0: none does. */
    static final class Database {
        int revision;
        int target;
        int failsAt;
        int hangsAt;
        int order;
        CountDownLatch awaits;
        int awaitsAt;
        int warnsAt;
        String warning = "";
        String identity = "1";
        final SortedMap<String, String> objects = new TreeMap<>();
    }

    /** A workload. {@code former} is what stands on it while it is stopped; -1: it is not. */
    static final class Workload {
        int replicas;
        int former = -1;
        int order;
        boolean refusesToStart;
        String keptBy = "";
        String uid = "1";
    }

    /** Something that is in force, but for migrations. */
    static final class Safeguard {
        boolean suspended;
        boolean refusesToResume;
    }

    final SortedMap<String, Safeguard> safeguards = new TreeMap<>();
    private SuspensionWatcher suspensionWatcher = (suspended, progress) -> {};
    private MaintenanceWatcher maintenanceWatch = (step, found) -> {};
    private StaleSuspensionRelease unblocking = progress -> {};
    private RunFinisher finishing = patience -> List.of();
    private ReadinessCheck readiness = started -> List.of();
    final SortedMap<String, Database> databases = new TreeMap<>();
    final SortedMap<String, Workload> workloads = new TreeMap<>();
    private final List<String> history = new ArrayList<>();
    private boolean gateOpens = true;
    private CountDownLatch deafUntil;
    private boolean unreadable;
    private final SortedSet<String> missing = new TreeSet<>();
    private final List<String> examined = new ArrayList<>();
    private final List<Repair> remains = new ArrayList<>();

    /** A database at one revision, in a release that wants another. */
    public synchronized InMemoryWorld database(String name, int revision, int target) {
        Database database = new Database();
        database.revision = revision;
        database.target = target;
        databases.put(name, database);
        return this;
    }

    /** A workload with its priority and replicas. */
    public synchronized InMemoryWorld workload(String name, int order, int replicas) {
        Workload workload = new Workload();
        workload.order = order;
        workload.replicas = replicas;
        workloads.put(name, workload);
        return this;
    }

    /** Something that is out of force while databases migrate. */
    public synchronized InMemoryWorld safeguard(String name) {
        safeguards.put(name, new Safeguard());
        return this;
    }

    /** Resuming it fails, or works again. */
    public synchronized InMemoryWorld refuseToResume(String safeguard, boolean refuses) {
        safeguards.get(safeguard).refusesToResume = refuses;
        return this;
    }

    /** From now on, that says when what was started is ready. */
    public synchronized InMemoryWorld awaitWith(ReadinessCheck able) {
        readiness = able;
        return this;
    }

    synchronized ReadinessCheck readiness() {
        return readiness;
    }

    /** Another keeps the workload at 0, whatever is started. */
    public synchronized InMemoryWorld keep(String workload, String by) {
        workloads.get(workload).keptBy = by;
        return this;
    }

    /** From now on, that watches workloads which are stopped. */
    public synchronized InMemoryWorld watchedBy(MaintenanceWatcher watch) {
        this.maintenanceWatch = watch;
        return this;
    }

    synchronized MaintenanceWatcher maintenanceWatch() {
        return maintenanceWatch;
    }

    /** From now on, this watches what is suspended. */
    public synchronized InMemoryWorld guardedBy(SuspensionWatcher suspensionWatcher) {
        this.suspensionWatcher = suspensionWatcher;
        return this;
    }

    /** From now on, that is done at the end of each run. */
    public synchronized InMemoryWorld finishedBy(RunFinisher finishing) {
        this.finishing = finishing;
        return this;
    }

    /** From now on, that takes back what a dead run left in the way. */
    public synchronized InMemoryWorld unblockedBy(StaleSuspensionRelease unblocking) {
        this.unblocking = unblocking;
        return this;
    }

    synchronized StaleSuspensionRelease unblocking() {
        return unblocking;
    }

    synchronized RunFinisher finishing() {
        return finishing;
    }

    synchronized SuspensionWatcher suspensionWatcher() {
        return suspensionWatcher;
    }

    /** The migration that leads to this revision fails from now on; 0: none does. */
    public synchronized InMemoryWorld failAt(String database, int revision) {
        databases.get(database).failsAt = revision;
        return this;
    }

    /** The database is migrated when those of a lower order have been. */
    public synchronized InMemoryWorld order(String database, int order) {
        databases.get(database).order = order;
        return this;
    }

    /** The migration that leads to this revision waits for the latch in its midst, and then goes on. */
    public synchronized InMemoryWorld awaitAt(String database, int revision, CountDownLatch latch) {
        databases.get(database).awaitsAt = revision;
        databases.get(database).awaits = latch;
        return this;
    }

    synchronized Optional<CountDownLatch> awaited(String name, int revision) {
        Database database = databases.get(name);
        return database.awaitsAt == revision ? Optional.of(database.awaits) : Optional.empty();
    }

    /** The migration that leads to this revision hangs until it is interrupted. */
    public synchronized InMemoryWorld hangAt(String database, int revision) {
        databases.get(database).hangsAt = revision;
        return this;
    }

    /** The migration that leads to this revision warns first. */
    public synchronized InMemoryWorld warnAt(String database, int revision, String warning) {
        databases.get(database).warnsAt = revision;
        databases.get(database).warning = warning;
        return this;
    }

    synchronized Optional<String> warning(String name, int revision) {
        Database database = databases.get(name);
        return database.warnsAt == revision ? Optional.of(database.warning) : Optional.empty();
    }

    /** What hangs does not notice that it is interrupted until it is let go. */
    public synchronized InMemoryWorld deaf(CountDownLatch letGo) {
        deafUntil = letGo;
        return this;
    }

    synchronized Optional<CountDownLatch> deafUntil() {
        return Optional.ofNullable(deafUntil);
    }

    /** Sets the revision, as another process would. */
    public synchronized InMemoryWorld moveTo(String database, int revision) {
        databases.get(database).revision = revision;
        return this;
    }

    /**
     * Makes or changes an object in the database, as another process would; an entry of its history ({@code migration
     * V3.sql}) is one, too.
     */
    public synchronized InMemoryWorld make(String database, String object, String value) {
        databases.get(database).objects.put(object, value);
        return this;
    }

    /** Drops an object that was made, as another process would. */
    public synchronized InMemoryWorld drop(String database, String object) {
        databases.get(database).objects.remove(object);
        return this;
    }

    /** Another database answers under the same name. */
    public synchronized InMemoryWorld replace(String database, String identity) {
        databases.get(database).identity = identity;
        return this;
    }

    /** The image of the release now leads elsewhere. */
    public synchronized InMemoryWorld target(String database, int target) {
        databases.get(database).target = target;
        return this;
    }

    /** Deletes and recreates the workload, as another process would. */
    public synchronized InMemoryWorld recreate(String workload) {
        workloads.get(workload).uid += "'";
        return this;
    }

    /** Starting this workload fails, or works again. */
    public synchronized InMemoryWorld refuseToStart(String workload, boolean refuses) {
        workloads.get(workload).refusesToStart = refuses;
        return this;
    }

    /** The gate never opens, or opens at once. */
    public synchronized InMemoryWorld gate(boolean opens) {
        gateOpens = opens;
        return this;
    }

    /** A refresh fails, or works again. */
    public synchronized InMemoryWorld unreadable(boolean now) {
        unreadable = now;
        return this;
    }

    /** A right on this resource ({@code memory.workload/web}) is missing from now on, or granted again. */
    public synchronized InMemoryWorld withhold(String address, boolean now) {
        if (now) {
            missing.add(address);
        } else {
            missing.remove(address);
        }
        return this;
    }

    /** Something is left of a failure in this database; certain or not. */
    public synchronized InMemoryWorld leave(String database, String name, boolean certain) {
        Address address = new Address("memory.database", database);
        remains.add(new Repair(address, name, "remove " + name, "left by a failure", certain));
        return this;
    }

    synchronized List<Repair> remains() {
        return List.copyOf(remains);
    }

    /** False where it is not there. */
    synchronized boolean clear(Repair repair) {
        record("clear " + repair.name());
        return remains.remove(repair);
    }

    /** Which resources a preflight was asked about, in order. */
    public synchronized List<String> examined() {
        return List.copyOf(examined);
    }

    synchronized boolean isGranted(String address) {
        examined.add(address);
        return !missing.contains(address);
    }

    synchronized boolean hangs(String database, int revision) {
        return databases.get(database).hangsAt == revision;
    }

    synchronized boolean gateOpens() {
        return gateOpens;
    }

    synchronized boolean isUnreadable() {
        return unreadable;
    }

    synchronized void record(String what) {
        history.add(what);
    }

    /** What was done, in order: {@code stop web}, {@code migrate main to 6}, {@code start web}. */
    public synchronized List<String> history() {
        return List.copyOf(history);
    }

    public synchronized int revision(String database) {
        return databases.get(database).revision;
    }

    public synchronized int replicas(String workload) {
        return workloads.get(workload).replicas;
    }

    /** All that is there, in one line, to compare two worlds by. */
    public synchronized String state() {
        StringBuilder text = new StringBuilder();
        databases.forEach(
                (name, d) -> text.append(name).append('@').append(d.revision).append(' '));
        workloads.forEach((name, w) -> text.append(name)
                .append('=')
                .append(w.replicas)
                .append(w.former < 0 ? "" : "(stopped from " + w.former + ")")
                .append(' '));
        safeguards.forEach((name, s) ->
                text.append(name).append(s.suspended ? " suspended" : " on").append(' '));
        return text.toString().strip();
    }
}
