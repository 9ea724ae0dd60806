package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the annotations on a workload that ask for it to be stopped. Pure. */
final class AnnotatedStopReason {

    private static final List<String> YES_OR_NO = List.of("true", "false");

    private AnnotatedStopReason() {}

    /**
     * Empty where the workload is not of the release, or does not ask to be stopped. Ignores values that are not
     * numbers.
     */
    static Optional<StopReason> of(HasMetadata live, String release) {
        return isOf(live, release)
                        && Annotations.read(live, Annotations.STOP)
                                .filter("true"::equals)
                                .isPresent()
                ? Optional.of(new StopReason(
                        StopReason.Source.ANNOTATION,
                        "annotation " + Annotations.STOP,
                        Annotations.read(live, Annotations.PRIORITY).flatMap(AnnotatedStopReason::priority),
                        Annotations.read(live, Annotations.REPLICAS).flatMap(Workload::number),
                        Optional.empty()))
                : Optional.empty();
    }

    /**
     * The annotations on a workload of the release that cannot be read. They are reported, because their author
     * believes that they take effect.
     */
    static List<StopReason> malformed(HasMetadata live, String release) {
        return isOf(live, release)
                ? Stream.of(
                                unless(live, Annotations.STOP, YES_OR_NO::contains, "\"true\" or \"false\""),
                                unless(
                                        live,
                                        Annotations.PRIORITY,
                                        text -> priority(text).isPresent(),
                                        "a whole number such as \"10\" or \"-1\""),
                                unless(
                                        live,
                                        Annotations.REPLICAS,
                                        text -> Workload.number(text).isPresent(),
                                        "a whole number such as \"3\", not below 0"))
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    /** Whether it is unknown if the workload asks to be stopped. */
    static boolean isUndecided(HasMetadata live) {
        return Annotations.read(live, Annotations.STOP)
                .filter(text -> !YES_OR_NO.contains(text))
                .isPresent();
    }

    private static Optional<StopReason> unless(
            HasMetadata live, String key, Predicate<String> readable, String allowed) {
        return Annotations.read(live, key)
                .filter(readable.negate())
                .map(text -> StopReason.malformed(key + ": \"" + text + "\"; allowed is " + allowed));
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
