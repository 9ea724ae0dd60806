package io.chartreuse.core.refresh;

import io.chartreuse.core.lock.LockCheck;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.RightsReview;
import io.chartreuse.spi.provider.Provider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks several at once whether what they need is there. Touches nothing. */
public final class PreflightRun {

    private static final Logger LOG = LoggerFactory.getLogger(PreflightRun.class);

    private PreflightRun() {}

    /**
     * Refuses to go on where something is missing that these changes need.
     *
     * @param asked providers and backend; those without the power to tell are passed over
     * @throws ChartreuseException with all that is missing
     */
    public static void require(List<?> asked, List<Change> changes) {
        List<Diagnostic> problems = asked.stream()
                .flatMap(one -> one instanceof Preflight able ? Stream.of(able) : Stream.empty())
                .map(able -> Concurrently.start("preflight", () -> able.check(changes)))
                .toList()
                .stream()
                .flatMap(checks -> Concurrently.result(checks).stream())
                .flatMap(check -> check.problem().stream())
                .distinct()
                .toList();
        problems.forEach(problem -> LOG.debug("preflight: {}", problem.summary()));
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new ChartreuseException(problems);
        }
    }

    /**
     * The rights that any plan could need and that are missing; what is no error goes with the errors.
     *
     * @param asked providers and backend; those without the power to tell are passed over
     */
    public static List<Diagnostic> missingRights(List<?> asked) {
        return asked.stream()
                .flatMap(one -> one instanceof RightsReview able ? Stream.of(able) : Stream.empty())
                .map(able -> Concurrently.start("rights", able::reviewRights))
                .toList()
                .stream()
                .map(Concurrently::result)
                .filter(checks -> checks.stream().anyMatch(Check::failed))
                .flatMap(List::stream)
                .flatMap(check -> check.problem().stream())
                .toList();
    }

    /**
     * Looks at all of it, for a person. What cannot look at itself is tried by reading.
     *
     * @param backend made for the same configuration
     */
    public static List<PreflightResult> of(Providers providers, Backend backend, Clock clock) {
        List<Part> parts = new ArrayList<>();
        providers.names().forEach(name -> parts.add(provider(name, providers.named(name))));
        parts.add(new Part("backend", "backend", () -> records(backend)));
        parts.add(new Part(
                "backend", "lock", () -> List.of(LockCheck.of(backend.lock().read(), clock.instant()))));
        Set<String> seen = new HashSet<>();
        return parts.stream().map(part -> Map.entry(part, Concurrently.start("examine", part.look()))).toList().stream()
                .flatMap(begun -> result(begun.getKey(), begun.getValue()).stream())
                .filter(examined -> seen.add(examined.check().subject()))
                .toList();
    }

    private static Part provider(String name, Provider provider) {
        return new Part(
                name,
                name,
                () -> provider instanceof Preflight able ? able.examine() : List.of(reading(name, provider)));
    }

    private static Check reading(String name, Provider provider) {
        return Check.good("resources of " + name, provider.refresh().size() + " read");
    }

    private static List<Check> records(Backend backend) {
        return backend instanceof Preflight able
                ? able.examine()
                : List.of(Check.good("records", backend.plans().list().size() + " plans are kept"));
    }

    /** What could not even look is a check that failed, so that the others show. */
    private static List<PreflightResult> result(Part part, CompletableFuture<List<Check>> begun) {
        try {
            return Concurrently.result(begun).stream()
                    .map(check -> new PreflightResult(part.by(), check))
                    .toList();
        } catch (ChartreuseException e) {
            return e.diagnostics().stream()
                    .map(problem ->
                            new PreflightResult(part.by(), Check.bad(part.subject(problem), "not readable", problem)))
                    .toList();
        }
    }

    /**
     * Something that can be asked.
     *
     * @param by   who is asked
     * @param what it is about
     */
    private record Part(String by, String what, Supplier<List<Check>> look) {
        String subject(Diagnostic problem) {
            return problem.address().map(Address::toString).orElse(what);
        }
    }
}
