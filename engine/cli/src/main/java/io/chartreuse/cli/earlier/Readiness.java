package io.chartreuse.cli.earlier;

import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a failure may be that of a database which is not there yet: one that is installed beside the release comes up
 * while the hook runs already.
 */
public final class Readiness {

    private static final Set<String> NOT_UP =
            Set.of("postgres.unreachable", "postgres.no-primary", "patroni.unreachable", "patroni.not-ready");

    /** What a Patroni cluster lacks until its operator has been through. */
    private static final Set<String> NOT_CONFIGURED = Set.of(
            "postgres.credentials-refused",
            "postgres.unknown-database",
            "postgres.unknown-role",
            "postgres.role-not-permitted");

    private final Set<String> waitedFor = new TreeSet<>(NOT_UP);

    public Readiness(EarlierRelease release) {
        if (release.databases().stream().anyMatch(EarlierDatabase::patroni)) {
            waitedFor.addAll(NOT_CONFIGURED);
        }
    }

    /** Whether all that it complains of may pass by itself. */
    public boolean mayCome(ChartreuseException failure) {
        return failure.diagnostics().stream()
                .filter(Diagnostic::isError)
                .allMatch(problem -> waitedFor.contains(problem.code().code()));
    }
}
