package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Provider;
import io.chartreuse.spi.Witness;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How those parts of the world stand that a plan waits for or suspends, as their providers tell it. */
record Testimony(SortedMap<Address, String> lines) {

    private static final Logger LOG = LoggerFactory.getLogger(Testimony.class);

    /** Asks the providers that something is done with by the plan. */
    static Testimony of(Plan plan, Providers providers) {
        SortedMap<Address, String> lines = new TreeMap<>();
        plan.changes().stream()
                .filter(change -> !change.unchanged())
                .map(Change::address)
                .map(Address::provider)
                .distinct()
                .flatMap(name -> witness(providers.named(name)))
                .forEach(witness -> lines.putAll(told(witness)));
        return new Testimony(lines);
    }

    /** For people who watch. */
    List<String> said(String when) {
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " " + when + ": " + line.getValue())
                .toList();
    }

    private static Stream<Witness> witness(Provider provider) {
        return provider instanceof Witness able ? Stream.of(able) : Stream.empty();
    }

    /** A record that lacks a line is no reason to end a run. */
    private static SortedMap<Address, String> told(Witness witness) {
        try {
            return witness.testify();
        } catch (RuntimeException e) {
            LOG.debug("a provider could not testify", e);
            return new TreeMap<>();
        }
    }
}
