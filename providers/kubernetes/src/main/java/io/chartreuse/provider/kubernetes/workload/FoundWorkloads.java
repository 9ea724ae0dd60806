package io.chartreuse.provider.kubernetes.workload;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workloads that were found in the namespace.
 *
 * @param chosen     the workloads to stop, each once
 * @param notStopped the objects that ask to be stopped and are not
 */
public record FoundWorkloads(List<SelectedWorkload> chosen, List<NotStopped> notStopped) {

    public FoundWorkloads {
        chosen = List.copyOf(chosen);
        notStopped = List.copyOf(notStopped);
    }

    /** Adds these, without the Jobs of a stopped CronJob: the run waits for those. */
    FoundWorkloads with(List<NotStopped> asking) {
        Set<String> stopped = chosen.stream()
                .flatMap(one -> one.found().stream())
                .map(Workload::uid)
                .collect(Collectors.toSet());
        return new FoundWorkloads(
                chosen,
                Stream.concat(
                                notStopped.stream(),
                                asking.stream()
                                        .filter(one -> one.owner()
                                                .filter(stopped::contains)
                                                .isEmpty()))
                        .toList());
    }
}
