package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.provider.Observer;
import io.chartreuse.spi.provider.Provider;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How those parts of the world stand that a plan waits for or suspends, as their providers tell it. */
record Observation(SortedMap<Address, String> lines) {

    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    /** Asks the providers that something is done with by the plan. */
    static Observation of(Plan plan, Providers providers) {
        SortedMap<Address, String> lines = new TreeMap<>();
        plan.changes().stream()
                .filter(change -> !change.unchanged())
                .map(Change::address)
                .map(Address::provider)
                .distinct()
                .flatMap(name -> observer(providers.named(name)))
                .forEach(observer -> lines.putAll(observed(observer)));
        return new Observation(lines);
    }

    /** For people who watch. */
    List<String> said(String when) {
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " " + when + ": " + line.getValue())
                .toList();
    }

    private static Stream<Observer> observer(Provider provider) {
        return provider instanceof Observer able ? Stream.of(able) : Stream.empty();
    }

    /** A record that lacks a line is no reason to end a run. */
    private static SortedMap<Address, String> observed(Observer observer) {
        try {
            return observer.observe();
        } catch (RuntimeException e) {
            LOG.debug("a provider could not observe", e);
            return new TreeMap<>();
        }
    }
}
