package io.chartreuse.core.apply;

import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;

/**
 * A run as it was read.
 *
 * @param stored what it was read from
 */
record StoredRun(Run run, Artifact stored) {

    static StoredRun of(Artifact stored) {
        return new StoredRun(RunDocument.read(stored.content(), source(stored)), stored);
    }

    private static String source(Artifact stored) {
        return "run " + stored.id();
    }

    /** The journal's mark for the next write. */
    String version() {
        return stored.version();
    }

    /** What names it, as it is. */
    RunLink link() {
        return new RunLink(run.id(), RunDocument.digest(stored.content(), source(stored)));
    }
}
