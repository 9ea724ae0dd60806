package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.spi.Migration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows what Alembic says during an upgrade, and passes it on as progress. Lines come from two threads. */
final class UpgradeWatch implements Consumer<String> {

    private static final Pattern BEGINNING = Pattern.compile("Running upgrade .*-> ([^\\s,]+)");
    private static final List<String> NOISE = List.of("Context impl ", "Will assume transactional DDL");

    private final MigrationRun run;
    private Optional<String> begun = Optional.empty();

    UpgradeWatch(MigrationRun run) {
        this.run = run;
    }

    /** The migration that was begun last, as far as Alembic's logging tells it. */
    synchronized Optional<Migration> current() {
        return begun.flatMap(this::migration);
    }

    @Override
    public void accept(String line) {
        if (line.isBlank() || NOISE.stream().anyMatch(line::contains)) {
            return;
        }
        run.progress().report(told(line.strip()));
    }

    private synchronized String told(String line) {
        Matcher matcher = BEGINNING.matcher(line);
        if (!matcher.find()) {
            return line;
        }
        begun = Optional.of(matcher.group(1));
        return current()
                .map(migration -> "migration " + (run.pending().indexOf(migration) + 1) + " of "
                        + run.pending().size() + ": " + migration.script())
                .orElse(line);
    }

    private Optional<Migration> migration(String revision) {
        return run.pending().stream()
                .filter(migration -> migration.version().equals(Optional.of(revision)))
                .findFirst();
    }
}
