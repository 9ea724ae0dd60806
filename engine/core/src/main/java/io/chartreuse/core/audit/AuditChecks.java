package io.chartreuse.core.audit;

import io.chartreuse.core.plan.Release;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a verification asks beside the chain.
 *
 * @param signatures by which keys runs are signed
 * @param removals   which removals retention would make; empty: not asked
 * @param exported   what the record is compared with; empty: with nothing
 */
public record AuditChecks(RunSignatures signatures, Optional<RemovalCheck> removals, Optional<ExportedRuns> exported) {

    /** The chain alone. */
    public static final AuditChecks NONE = new AuditChecks(RunSignatures.NONE, Optional.empty(), Optional.empty());

    public AuditChecks {
        Objects.requireNonNull(signatures, "signatures");
        Objects.requireNonNull(removals, "removals");
        Objects.requireNonNull(exported, "exported");
        if (exported.isPresent() && removals.isEmpty()) {
            throw new IllegalArgumentException("what was exported is compared where removals are checked");
        }
    }

    /** What differs first between the record and what was exported of it. */
    Optional<String> differing(Release release, VerifiedRuns verified) {
        return exported.flatMap(runs -> runs.problem(
                release,
                verified,
                removals.orElseThrow(),
                run -> signatures.isRequired() && signatures.isSigned(run.document())));
    }

    /** From the first signed run on, each is; and there is one, where there are runs. @param runs in the order of the chain */
    Optional<String> unsigned(List<RecordedRun> runs) {
        if (!signatures.isRequired() || runs.isEmpty()) {
            return Optional.empty();
        }
        int first = 0;
        while (first < runs.size() && !signatures.isSigned(runs.get(first).document())) {
            first++;
        }
        if (first == runs.size()) {
            return Optional.of("no run on record is signed by a key of audit.signing.keys");
        }
        String since = runs.get(first).name();
        return runs.subList(first, runs.size()).stream()
                .filter(run -> !signatures.isSigned(run.document()))
                .findFirst()
                .map(run -> "run " + run.name()
                        + " is not signed by a key of audit.signing.keys, and runs are signed since run " + since);
    }
}
