package io.chartreuse.core.drift;

import io.chartreuse.core.state.State;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Drift as warnings of a plan: one a resource and kind, by name as far as a reviewer reads. Pure. */
public final class DriftFindings {

    private static final int NAMED = 10;

    private final State state;
    private final UnrecordedRuns unrecorded;
    private final Map<Address, SortedMap<DriftKind, List<DriftedPart>>> byAddress;

    private DriftFindings(State state, UnrecordedRuns unrecorded, List<DriftedPart> drift) {
        this.state = state;
        this.unrecorded = unrecorded;
        this.byAddress = drift.stream()
                .collect(Collectors.groupingBy(
                        DriftedPart::address,
                        Collectors.groupingBy(DriftedPart::kind, TreeMap::new, Collectors.toList())));
    }

    /** The same resources, with a finding for each drift after the findings already reported. */
    public static List<Resource> on(
            List<Resource> resources, State state, UnrecordedRuns unrecorded, List<DriftedPart> drift) {
        DriftFindings findings = new DriftFindings(state, unrecorded, drift);
        return drift.isEmpty()
                ? resources
                : resources.stream().map(findings::withFindings).toList();
    }

    private Resource withFindings(Resource resource) {
        SortedMap<DriftKind, List<DriftedPart>> kinds = byAddress.get(resource.address());
        if (kinds == null) {
            return resource;
        }
        List<Diagnostic> findings = new ArrayList<>(resource.findings());
        kinds.forEach((kind, drift) ->
                findings.add(Diagnostic.warning(kind, summary(resource.address(), kind, drift), kind.remedy())
                        .about(resource.address())));
        return resource.withFindings(findings);
    }

    private String summary(Address address, DriftKind kind, List<DriftedPart> drift) {
        String named = drift.stream().limit(NAMED).map(DriftedPart::described).collect(Collectors.joining("; "));
        String more = drift.size() > NAMED ? "; and " + (drift.size() - NAMED) + " more" : "";
        String since = state.sections()
                .get(address.provider())
                .run()
                .map(run -> "run " + run)
                .orElse("the record");
        String moved = kind == DriftKind.UNKNOWN
                ? "differs from what was recorded after " + since + "; " + begun(address)
                : kind.word() + " since " + since + ", by no run";
        return moved + (named.isEmpty() ? "" : ": ") + named + more;
    }

    private String begun(Address address) {
        List<String> runs = unrecorded.of(address);
        return (runs.size() == 1 ? "run " : "runs ") + String.join(", ", runs)
                + " began to migrate it and recorded nothing afterwards, so this may be its work";
    }
}
