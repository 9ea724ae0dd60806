package io.chartreuse.core.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Databases that are to be migrated, were migrated before, and have no state on record: neither drift nor loosened approvals can
 * be found then. A backend that is not the one of the runs before looks like this, and so does a first run. Pure.
 */
public final class MissingRecord {

    private MissingRecord() {}

    /** The same resources, each such database with a warning. @param last what is on record */
    public static List<Resource> warned(List<Resource> resources, Optional<State> last) {
        return resources.stream()
                .map(resource -> resource.role() == Role.MIGRATE
                                && !resource.observed().equals(resource.desired())
                                && isMissing(resource.address(), resource.observed(), last)
                        ? resource.withFindings(with(resource.findings(), resource.address()))
                        : resource)
                .toList();
    }

    /** The same changes, each of such a database with a warning, where it has none. @param last what is on record */
    public static List<Change> said(List<Change> changes, Optional<State> last) {
        return changes.stream()
                .map(change -> change.role() == Role.MIGRATE
                                && !change.unchanged()
                                && isMissing(change.address(), change.before(), last)
                                && !isSaid(change)
                        ? change.withFindings(with(change.findings(), change.address()))
                        : change)
                .toList();
    }

    private static boolean isSaid(Change change) {
        return change.findings().stream()
                .anyMatch(finding -> finding.code().code().equals(DriftKind.NO_RECORD.code()));
    }

    private static boolean isMissing(Address address, JsonNode observed, Optional<State> last) {
        return last.flatMap(state -> state.of(address)).isEmpty() && hasHistory(observed);
    }

    /** A database in which nothing was applied has no revision, and nothing else to tell. */
    private static boolean hasHistory(JsonNode observed) {
        for (JsonNode value : observed) {
            if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                return true;
            }
        }
        return false;
    }

    private static List<Diagnostic> with(List<Diagnostic> findings, Address address) {
        List<Diagnostic> more = new ArrayList<>(findings);
        more.add(Diagnostic.warning(
                        DriftKind.NO_RECORD,
                        "it was migrated before, and this backend has no state of it on record: neither drift nor a loosened"
                                + " review can be found",
                        DriftKind.NO_RECORD.remedy())
                .about(address));
        return more;
    }
}
