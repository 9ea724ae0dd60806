package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.MigrationResult;
import io.chartreuse.spi.Progress;
import io.chartreuse.spi.Standing;
import java.util.Optional;

/** Tells of each migration on which timeline of the server it ended. */
record OnTimeline(Progress progress, Optional<Integer> timeline) implements Progress {

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
        progress.ended(timeline.map(result::on).orElse(result));
    }

    @Override
    public void shows(ObjectNode observed) {
        progress.shows(observed);
    }

    @Override
    public void stands(Standing standing, String how) {
        progress.stands(standing, how);
    }

    @Override
    public boolean stopping() {
        return progress.stopping();
    }
}
