package io.chartreuse.provider.kubernetes.workload;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was found in the namespace.
 *
 * @param chosen     what is to be stopped, each once
 * @param notStopped what asks to be stopped and is not
 */
public record FoundWorkloads(List<SelectedWorkload> chosen, List<NotStopped> notStopped) {

    public FoundWorkloads {
        chosen = List.copyOf(chosen);
        notStopped = List.copyOf(notStopped);
    }

    /** With these, but for the Jobs of a CronJob that is stopped, which are waited for. */
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
