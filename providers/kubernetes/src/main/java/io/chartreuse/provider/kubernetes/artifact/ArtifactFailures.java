package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Locale;

/** The errors of stored objects; each message names the object. */
final class ArtifactFailures {

    private ArtifactFailures() {}

    static ChartreuseException foreign(String kind, String name, String namespace) {
        return failure(
                KubernetesError.FOREIGN_OBJECT,
                "the " + kind + " " + name + " in namespace " + namespace + " was not written by Chartreuse for this",
                "See what it is for (kubectl get " + kind.toLowerCase(Locale.ROOT) + " " + name
                        + " -o yaml); delete or rename it");
    }

    static ChartreuseException edited(String name, String namespace) {
        return failure(
                KubernetesError.ARTIFACT_EDITED,
                "the content of ConfigMap " + name + " in namespace " + namespace + " is not what was stored there",
                "Do not use this artifact, and find out who edited the object. In the place of a plan make a new one; delete a"
                        + " state, so that the next run records anew");
    }

    static ChartreuseException incomplete(String index, String part, String namespace) {
        return failure(
                KubernetesError.ARTIFACT_INCOMPLETE,
                "ConfigMap " + part + " in namespace " + namespace + " is missing; it is a part of " + index,
                "Restore it from a backup, or make a new plan");
    }

    static ChartreuseException conflicting(String id, String name, String namespace) {
        return failure(
                KubernetesError.ARTIFACT_CONFLICT,
                "ConfigMap " + name + " in namespace " + namespace + " holds " + id + " with other content",
                "Find out who wrote it; delete it if it is of no use");
    }

    private static ChartreuseException failure(KubernetesError code, String summary, String remedy) {
        return new ChartreuseException(Diagnostic.error(code, summary, remedy));
    }
}
