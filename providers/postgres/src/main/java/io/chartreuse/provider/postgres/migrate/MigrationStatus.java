package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a database stands against the migrations at hand.
 *
 * @param revision    the highest version applied; empty: none
 * @param goal        the version once what is pending is applied
 * @param ahead       whether the database has versions that are higher than any wanted here
 * @param migrations  what is pending, in that order, and what belongs to it: callbacks, a baseline
 * @param repeatables observed and wanted checksums of what is repeated when its text changes
 * @param history     digest of what was applied
 * @param scripts     digest of all files that take part
 * @param problems    what a person has to fix before anything can be applied
 */
public record MigrationStatus(
        Optional<String> revision,
        Optional<String> goal,
        boolean ahead,
        List<Migration> migrations,
        Repeatables repeatables,
        String history,
        String scripts,
        List<Diagnostic> problems) {

    private static final int NAMED = 10;

    public MigrationStatus {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(repeatables, "repeatables");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(scripts, "scripts");
        migrations = List.copyOf(migrations);
        problems = List.copyOf(problems);
    }

    /** The migrations to apply, in that order. */
    public List<Migration> pending() {
        return Migration.pending(migrations);
    }

    /** Where it stands, for people: {@code at revision 4, without V5__five.sql, V6__six.sql}. */
    public String described() {
        String at = revision.map(version -> "at revision " + version).orElse("at no revision");
        List<Migration> pending = pending();
        String lacking = pending.stream().limit(NAMED).map(Migration::script).collect(Collectors.joining(", "));
        String more = pending.size() > NAMED ? " and " + (pending.size() - NAMED) + " more" : "";
        return at + (pending.isEmpty() ? ", with nothing pending" : ", without " + lacking + more);
    }

    /** The same, with these problems before the others. */
    public MigrationStatus withProblems(List<Diagnostic> more) {
        List<Diagnostic> all = Stream.concat(more.stream(), problems.stream()).toList();
        return new MigrationStatus(revision, goal, ahead, migrations, repeatables, history, scripts, all);
    }

    /**
     * Repeatable migrations by description.
     *
     * @param observed the checksums last applied
     * @param wanted   the checksums of the files
     */
    public record Repeatables(SortedMap<String, String> observed, SortedMap<String, String> wanted) {

        /** The project has none. */
        public static final Repeatables NONE = new Repeatables(new TreeMap<>(), new TreeMap<>());

        public Repeatables {
            observed = new TreeMap<>(observed);
            wanted = new TreeMap<>(wanted);
        }
    }
}
