package io.chartreuse.provider.kubernetes.workload;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A workload to stop, with all reasons for it.
 *
 * @param choices by precedence, at least one
 * @param found   the workload where it exists
 * @param absence why it cannot be stopped where it is not found
 */
public record SelectedWorkload(
        WorkloadKind kind, String name, List<StopReason> choices, Optional<Workload> found, Absence absence) {

    private static final Comparator<StopReason> PRECEDENCE = Comparator.comparing(StopReason::source);

    /** Why there is nothing to stop. */
    public enum Absence {
        NO_SUCH_OBJECT,
        NO_SUCH_KIND,
        CONTROLLED
    }

    public SelectedWorkload {
        choices = choices.stream().sorted(PRECEDENCE).toList();
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("nothing asks for " + kind.word() + "/" + name);
        }
    }

    public int priority() {
        return first(StopReason::priority).orElse(0);
    }

    /** The replicas to start with where the former number is not known. */
    public int expectedScale() {
        return first(StopReason::replicas).orElse(1);
    }

    public StopReason.Jobs jobs() {
        return first(StopReason::jobs).orElse(StopReason.Jobs.WAIT);
    }

    /** The choices of one source. */
    public List<StopReason> from(StopReason.Source source) {
        return choices.stream().filter(choice -> choice.source() == source).toList();
    }

    /** Whether two choices contradict each other. */
    public boolean isContradictory() {
        return differs(StopReason::priority) || differs(StopReason::replicas) || differs(StopReason::jobs);
    }

    private <T> Optional<T> first(Function<StopReason, Optional<T>> value) {
        return choices.stream().flatMap(choice -> value.apply(choice).stream()).findFirst();
    }

    private <T> boolean differs(Function<StopReason, Optional<T>> value) {
        return choices.stream()
                        .flatMap(choice -> value.apply(choice).stream())
                        .distinct()
                        .count()
                > 1;
    }
}
