package io.chartreuse.cli.insight;

import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Address;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step that has begun and not ended, as the record of a run says.
 *
 * @param step  its id in the plan
 * @param since when it was begun
 */
public record CurrentStep(String step, Address address, Instant since) {

    /** Those of a run that goes on; none of one that has ended. Several may run side by side. */
    public static List<CurrentStep> of(Run run) {
        Map<String, CurrentStep> current = new LinkedHashMap<>();
        if (run.outcome() == Outcome.RUNNING) {
            run.entries().forEach(entry -> follow(entry, current));
        }
        return List.copyOf(current.values());
    }

    private static void follow(Entry entry, Map<String, CurrentStep> current) {
        if (entry.step().isEmpty() || entry.address().isEmpty()) {
            return;
        }
        String step = entry.step().get();
        if (entry.event() == Event.STEP_BEGUN) {
            current.put(step, new CurrentStep(step, entry.address().get(), entry.at()));
        } else if (entry.event() == Event.STEP_ENDED) {
            current.remove(step);
        }
    }
}
