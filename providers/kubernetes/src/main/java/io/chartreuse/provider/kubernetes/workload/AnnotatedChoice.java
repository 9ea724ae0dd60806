package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what people wrote on a workload about whether to stop it. Pure. */
final class AnnotatedChoice {

    private AnnotatedChoice() {}

    /** Empty where it is not of the release, or does not ask to be stopped. What is no number says nothing. */
    static Optional<Choice> of(HasMetadata live, String release) {
        return isOf(live, release)
                        && Annotations.read(live, Annotations.STOP)
                                .filter("true"::equals)
                                .isPresent()
                ? Optional.of(new Choice(
                        Choice.Source.ANNOTATION,
                        "annotation " + Annotations.STOP,
                        Annotations.read(live, Annotations.PRIORITY).flatMap(AnnotatedChoice::priority),
                        Annotations.read(live, Annotations.REPLICAS).flatMap(Workload::number),
                        Optional.empty()))
                : Optional.empty();
    }

    private static boolean isOf(HasMetadata live, String release) {
        Map<String, String> labels =
                Objects.requireNonNullElse(live.getMetadata().getLabels(), Map.of());
        return release.equals(labels.get("app.kubernetes.io/instance")) || release.equals(labels.get("release"));
    }

    private static Optional<Integer> priority(String text) {
        try {
            return Optional.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
