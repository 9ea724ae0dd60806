package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.CrossProviderCheck;
import io.chartreuse.spi.provider.LostCommitCheck;
import io.chartreuse.spi.provider.OfflinePlanning;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import io.chartreuse.spi.provider.SnapshotSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The databases of a release. Holds no connection between two calls. */
final class PostgresProvider
        implements Provider,
                Preflight,
                Repairable,
                CrossProviderCheck,
                SnapshotSource,
                OfflinePlanning,
                LostCommitCheck {

    private final Map<Address, Database> outline;
    private final Supplier<List<DatabaseSettings>> settings;
    private final Context context;
    private Optional<Map<Address, Database>> known;

    /** @param settings as in the configuration */
    PostgresProvider(List<DatabaseSettings> settings, Context context) {
        this(settings, () -> settings, context);
        this.known = Optional.of(outline);
    }

    /**
     * For databases whose URL or user is a secret. Secrets are read only when they are needed: an operation that asks
     * no database needs no secret.
     *
     * @param outline  the settings that are known without secrets
     * @param settings reads the secrets
     */
    PostgresProvider(List<DatabaseSettings> outline, Supplier<List<DatabaseSettings>> settings, Context context) {
        this.context = context;
        this.outline = made(outline);
        this.settings = settings;
        this.known = Optional.empty();
    }

    private Map<Address, Database> made(List<DatabaseSettings> settings) {
        Map<Address, Database> made = new LinkedHashMap<>();
        settings.forEach(database -> made.put(database.address(), new Database(database, context)));
        return made;
    }

    private synchronized Map<Address, Database> databases() {
        if (known.isEmpty()) {
            known = Optional.of(made(settings.get()));
        }
        return known.get();
    }

    @Override
    public List<Diagnostic> unmet() {
        return outline.values().stream()
                .flatMap(database -> database.unmet().stream())
                .toList();
    }

    /**
     * Reads all databases at the same time. Where some cannot be read, the exception has the problems of all of them.
     */
    @Override
    public List<Resource> refresh() {
        return sideBySide().each(Database::refresh);
    }

    /** Reads all databases at the same time, like {@link #refresh()}. */
    @Override
    public List<Snapshot> snapshot() {
        return sideBySide().each(Database::snapshot);
    }

    /**
     * Uses no connection and no secrets. Leaves out what only the server knows: whether it is read-only or a standby
     * now, and what an interrupted migration has left beside its entry in the history.
     */
    @Override
    public List<Resource> refresh(List<Recorded> recorded) {
        Map<Address, Snapshot> snapshots = new HashMap<>();
        recorded.forEach(one -> snapshots.put(one.snapshot().address(), one.snapshot()));
        return sideBySide().each(database -> database.recall(Optional.ofNullable(snapshots.get(database.address()))));
    }

    private SideBySide sideBySide() {
        return new SideBySide(List.copyOf(databases().values()));
    }

    @Override
    public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        Address address = step.change().address();
        return Optional.ofNullable(databases().get(address))
                .orElseThrow(() -> new IllegalArgumentException("no such database: " + address))
                .converge(step, progress);
    }

    /**
     * Checks the leader only, which may have changed: the refresh just before has verified the role and that it is no
     * standby.
     */
    @Override
    public List<Check> check(List<Change> changes) {
        List<Database> concerned = changes.stream()
                .flatMap(change -> Optional.ofNullable(databases().get(change.address())).stream())
                .toList();
        return new SideBySide(concerned)
                .each(Database::compareWithLeader).stream()
                        .flatMap(List::stream)
                        .toList();
    }

    @Override
    public Optional<Diagnostic> lost(Change change, List<MigrationResult> recorded, Resource now) {
        return Optional.ofNullable(databases().get(change.address()))
                .flatMap(database -> database.lost(recorded, change, now));
    }

    @Override
    public List<Check> examine() {
        return sideBySide().examine();
    }

    @Override
    public List<Repair> repairs() {
        return databases().values().stream()
                .flatMap(database -> database.repairs().stream())
                .toList();
    }

    @Override
    public void repair(Repair repair) {
        Optional.ofNullable(databases().get(repair.address()))
                .orElseThrow(() -> new IllegalArgumentException("no such database: " + repair.address()))
                .repair(repair);
    }

    @Override
    public synchronized void close() {
        // Connections end with the calls that open them, but the process of a tool may still run.
        known.ifPresent(databases -> databases.values().forEach(Database::close));
    }
}
