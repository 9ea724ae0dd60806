package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.ReadinessState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reports for each migration the server's timeline on which it ended, and remembers committed migrations. */
final class OnTimeline implements Progress {

    private final Progress progress;
    private final Optional<Integer> timeline;
    private final Set<String> committed = ConcurrentHashMap.newKeySet();

    OnTimeline(Progress progress, Optional<Integer> timeline) {
        this.progress = progress;
        this.timeline = timeline;
    }

    /** Those of these migrations that have succeeded. */
    List<Migration> committed(List<Migration> pending) {
        return pending.stream()
                .filter(migration -> committed.contains(migration.script()))
                .toList();
    }

    @Override
    public void report(String message) {
        progress.report(message);
    }

    @Override
    public void warn(String message) {
        progress.warn(message);
    }

    @Override
    public void ended(MigrationResult result) {
        if (result.outcome() == MigrationResult.Outcome.APPLIED) {
            committed.add(result.script());
        }
        progress.ended(timeline.map(result::on).orElse(result));
    }

    @Override
    public void shows(ObjectNode observed) {
        progress.shows(observed);
    }

    @Override
    public void stands(ReadinessState standing, String how) {
        progress.stands(standing, how);
    }

    @Override
    public boolean stopping() {
        return progress.stopping();
    }
}
