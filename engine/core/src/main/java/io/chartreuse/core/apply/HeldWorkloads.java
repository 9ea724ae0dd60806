package io.chartreuse.core.apply;

import io.chartreuse.core.run.Downtime;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workloads that a failed run leaves in maintenance on purpose. Pure.
 *
 * @param stopped those that stand still
 * @param running those that others have put back meanwhile
 */
record HeldWorkloads(List<Address> stopped, List<Address> running) {

    private static final String FIX = "Fix what the run failed on, as its error says, and run `chartreuse apply` again";

    HeldWorkloads {
        stopped = List.copyOf(stopped);
        running = List.copyOf(running);
    }

    static HeldWorkloads of(Stream<Address> workloads, List<Downtime> times) {
        Set<Address> putBack = times.stream()
                .filter(Downtime::isLeftPutBack)
                .map(Downtime::address)
                .collect(Collectors.toSet());
        Map<Boolean, List<Address>> byPutBack = workloads.collect(Collectors.partitioningBy(putBack::contains));
        return new HeldWorkloads(byPutBack.get(false), byPutBack.get(true));
    }

    /** @param reason why they are held */
    Diagnostic warning(String reason) {
        String remedy = stopped.isEmpty()
                ? FIX
                        + "; or `chartreuse restore`, which resumes their autoscalers and takes the marks of the stop off them."
                : FIX
                        + ", which brings them back when it succeeds; or bring them back as things stand with `chartreuse restore`.";
        return Diagnostic.warning(ApplyError.HELD, summary(reason), remedy);
    }

    /** In one sentence. */
    String summary(String reason) {
        if (stopped.isEmpty()) {
            return "no workload is held in maintenance, although the run would hold them (" + reason
                    + "): others put them back, and they run: " + names(running);
        }
        return "workloads are HELD in maintenance (" + reason + "): " + names(stopped)
                + (running.isEmpty() ? "" : "; others put back, and running: " + names(running));
    }

    private static String names(List<Address> workloads) {
        return workloads.stream().map(Address::toString).collect(Collectors.joining(", "));
    }
}
