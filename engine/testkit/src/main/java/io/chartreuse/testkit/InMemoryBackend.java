package io.chartreuse.testkit;

import io.chartreuse.spi.backend.Announcement;
import io.chartreuse.spi.backend.Announcer;
import io.chartreuse.spi.backend.ApprovalStore;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.ClusterIdentity;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.PlanStore;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.backend.UnreadableLease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Artifacts and a lease in memory. {@link #seenBy} gives a process its own view, which dies with it. */
public final class InMemoryBackend implements Backend, PlanStore, Lock, Preflight, Announcer, ClusterIdentity {

    /** What outlives processes. */
    private static final class Contents {
        final SortedMap<String, Artifact> plans = new TreeMap<>();
        final SortedMap<String, Artifact> approvals = new TreeMap<>();
        final SortedMap<String, Artifact> runs = new TreeMap<>();
        final List<Announcement> announcements = new ArrayList<>();
        boolean readOnly;
        boolean refusesState;
        boolean refusesLock;
        boolean hidesLock;
        int roomForRuns = Integer.MAX_VALUE;
        Map<String, String> anchor = Map.of();
        Optional<Lease> lease = Optional.empty();
        Optional<Artifact> state = Optional.empty();
        int versions;
        int entries;
    }

    private final Contents contents;
    private final CrashSchedule crashes;

    public InMemoryBackend() {
        this(new Contents(), CrashSchedule.immortal());
    }

    private InMemoryBackend(Contents contents, CrashSchedule crashes) {
        this.contents = contents;
        this.crashes = crashes;
    }

    /** The same contents for another process. */
    public InMemoryBackend seenBy(CrashSchedule process) {
        return new InMemoryBackend(contents, process);
    }

    /** From now on it is in this cluster; before, its cluster is unknown. */
    public InMemoryBackend in(String cluster) {
        contents.anchor = Map.of("cluster", cluster);
        return this;
    }

    @Override
    public Map<String, String> anchor() {
        return contents.anchor;
    }

    /** How often a run was written. */
    public int journalWrites() {
        return contents.entries;
    }

    @Override
    public PlanStore plans() {
        return this;
    }

    @Override
    public ApprovalStore approvals() {
        return new ApprovalStore() {
            @Override
            public void save(Artifact approval) {
                keep(approval, contents.approvals);
            }

            @Override
            public List<Artifact> list() {
                return kept(contents.approvals);
            }

            @Override
            public void delete(String id) {
                remove(id, contents.approvals);
            }
        };
    }

    @Override
    public Lock lock() {
        return this;
    }

    @Override
    public Journal journal() {
        return new Journal() {
            @Override
            public Artifact write(Artifact run) throws VersionConflict {
                return writeRun(run);
            }

            @Override
            public Optional<Artifact> find(String id) {
                return runs().stream().filter(run -> run.id().equals(id)).findFirst();
            }

            @Override
            public List<Artifact> list() {
                return runs();
            }

            @Override
            public void delete(String id) {
                remove(id, contents.runs);
            }
        };
    }

    @Override
    public StateStore state() {
        return new StateStore() {
            @Override
            public Optional<Artifact> read() {
                synchronized (contents) {
                    return contents.state;
                }
            }

            @Override
            public Artifact write(Artifact state) throws VersionConflict {
                return writeState(state);
            }
        };
    }

    private Artifact writeState(Artifact state) throws VersionConflict {
        crashes.touch();
        synchronized (contents) {
            if (!state.version().equals(contents.state.map(Artifact::version).orElse(""))) {
                throw new VersionConflict("the state");
            }
            if (contents.refusesState) {
                throw new ChartreuseException(Diagnostic.error(
                        InMemoryProvider.Failure.STORE, "no state may be written to the backend", "fix the test"));
            }
            contents.state = Optional.of(versioned(state));
            return contents.state.get();
        }
    }

    /** Writing the state fails from now on, or works again. */
    public InMemoryBackend refuseState(boolean now) {
        contents.refusesState = now;
        return this;
    }

    /** Writing the lease fails from now on, or works again. */
    public InMemoryBackend refuseLock(boolean now) {
        contents.refusesLock = now;
        return this;
    }

    /** From now on something foreign stands in the lease's place, or the lease again. */
    public InMemoryBackend hideLock(boolean now) {
        contents.hidesLock = now;
        return this;
    }

    /** No more than so many writes of runs succeed from now on: the backend is full then. */
    public InMemoryBackend roomForRuns(int writes) {
        synchronized (contents) {
            contents.roomForRuns = writes;
            return this;
        }
    }

    private Artifact writeRun(Artifact run) throws VersionConflict {
        crashes.touch();
        synchronized (contents) {
            if (contents.roomForRuns-- <= 0) {
                contents.roomForRuns = 0;
                throw new ChartreuseException(Diagnostic.error(
                        InMemoryProvider.Failure.STORE, "the backend is full", "make room in the backend"));
            }
            Artifact current = contents.runs.get(run.id());
            if (!run.version().equals(current == null ? "" : current.version())) {
                throw new VersionConflict("run " + run.id());
            }
            Artifact written = versioned(run);
            contents.runs.put(run.id(), written);
            contents.entries++;
            return written;
        }
    }

    private List<Artifact> runs() {
        synchronized (contents) {
            return contents.runs.values().stream()
                    .sorted(Comparator.comparing(Artifact::createdAt).thenComparing(Artifact::id))
                    .toList();
        }
    }

    private Artifact versioned(Artifact artifact) {
        return new Artifact(
                artifact.id(),
                artifact.release(),
                artifact.formatVersion(),
                artifact.createdAt(),
                artifact.content(),
                String.valueOf(++contents.versions));
    }

    @Override
    public void save(Artifact plan) {
        keep(plan, contents.plans);
    }

    private void keep(Artifact artifact, SortedMap<String, Artifact> among) {
        synchronized (contents) {
            Artifact there = among.computeIfAbsent(artifact.id(), id -> versioned(artifact));
            if (!there.content().equals(artifact.content())) {
                throw new ChartreuseException(Diagnostic.error(
                        InMemoryProvider.Failure.STORE, "another one has the id " + artifact.id(), "fix the test"));
            }
        }
    }

    @Override
    public Optional<Artifact> find(String id) {
        synchronized (contents) {
            return Optional.ofNullable(contents.plans.get(id));
        }
    }

    @Override
    public List<StoredPlan> list() {
        return kept(contents.plans).stream().map(StoredPlan::of).toList();
    }

    private List<Artifact> kept(SortedMap<String, Artifact> artifacts) {
        synchronized (contents) {
            return artifacts.values().stream()
                    .sorted(Comparator.comparing(Artifact::createdAt))
                    .toList();
        }
    }

    @Override
    public void delete(String id) {
        remove(id, contents.plans);
    }

    private void remove(String id, SortedMap<String, Artifact> among) {
        crashes.touch();
        synchronized (contents) {
            among.remove(id);
        }
    }

    @Override
    public Optional<Lease> read() {
        synchronized (contents) {
            if (contents.hidesLock) {
                throw new UnreadableLease(Diagnostic.error(
                        InMemoryProvider.Failure.STORE, "what is there is not a lease of Chartreuse", "delete it"));
            }
            return contents.lease;
        }
    }

    @Override
    public Lease write(Lease lease) throws VersionConflict {
        crashes.touch();
        synchronized (contents) {
            if (contents.refusesLock) {
                throw new ChartreuseException(
                        Diagnostic.error(InMemoryProvider.Failure.STORE, "the lease may not be written", "grant it"));
            }
            checkVersion(lease);
            contents.lease = Optional.of(lease.at(String.valueOf(++contents.versions)));
            return contents.lease.get();
        }
    }

    @Override
    public void delete(Lease lease) throws VersionConflict {
        crashes.touch();
        synchronized (contents) {
            checkVersion(lease);
            contents.lease = Optional.empty();
        }
    }

    private void checkVersion(Lease lease) throws VersionConflict {
        if (!lease.version().equals(contents.lease.map(Lease::version).orElse(""))) {
            throw new VersionConflict("the lease");
        }
    }

    /** Nothing may be written from now on, as far as a preflight says, or again. */
    public InMemoryBackend readOnly(boolean now) {
        contents.readOnly = now;
        return this;
    }

    /** What was announced, in order. */
    public List<Announcement> announcements() {
        synchronized (contents) {
            return List.copyOf(contents.announcements);
        }
    }

    @Override
    public void announce(Announcement announcement) {
        synchronized (contents) {
            contents.announcements.add(announcement);
        }
    }

    @Override
    public List<Check> check(List<Change> changes) {
        return examine();
    }

    @Override
    public List<Check> examine() {
        Diagnostic readOnly = Diagnostic.error(
                InMemoryProvider.Failure.STORE, "nothing may be written to the backend", "fix the test");
        return List.of(
                contents.readOnly ? Check.bad("records", "read-only", readOnly) : Check.good("records", "writable"));
    }

    @Override
    public void close() {
        // the contents go on
    }
}
