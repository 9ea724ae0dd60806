package io.chartreuse.core.apply;

import io.chartreuse.core.run.Link;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.Artifact;

/**
 * A run as it was read.
 *
 * @param link    what names it, as it is
 * @param version the journal's mark for the next write
 */
record StoredRun(Run run, Link link, String version) {

    static StoredRun of(Artifact artifact) {
        String source = "run " + artifact.id();
        Run run = RunDocument.read(artifact.content(), source);
        return new StoredRun(
                run, new Link(run.id(), RunDocument.digest(artifact.content(), source)), artifact.version());
    }
}
