package io.chartreuse.core.apply;

import io.chartreuse.core.run.Link;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.Artifact;
import java.util.function.Predicate;

/**
 * A run as it was read.
 *
 * @param link    what names it, as it is
 * @param version the journal's mark for the next write
 * @param believed whether a run may go on from it
 */
record StoredRun(Run run, Link link, String version, boolean believed) {

    /** @param believes whether a run may go on from such a record */
    static StoredRun of(Artifact artifact, Predicate<String> believes) {
        String source = "run " + artifact.id();
        Run run = RunDocument.read(artifact.content(), source);
        return new StoredRun(
                run,
                new Link(run.id(), RunDocument.digest(artifact.content(), source)),
                artifact.version(),
                believes.test(artifact.content()));
    }
}
