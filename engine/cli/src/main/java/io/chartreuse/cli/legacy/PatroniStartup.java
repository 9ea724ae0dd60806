package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Set;

/**
 * Whether a failure may be that of a Patroni cluster which is not configured yet: one that is installed beside the release
 * gets its roles and databases while the hook runs already. Servers that are not there yet are waited for by the provider
 * itself ({@code waitAvailable}).
 */
public final class PatroniStartup {

    /** What a Patroni cluster lacks until its operator has been through. */
    private static final Set<String> NOT_CONFIGURED = Set.of(
            "patroni.unreachable",
            "postgres.credentials-refused",
            "postgres.unknown-database",
            "postgres.unknown-role",
            "postgres.role-not-permitted");

    private final boolean behindPatroni;

    public PatroniStartup(LegacyRelease release) {
        behindPatroni = release.databases().stream().anyMatch(LegacyDatabase::patroni);
    }

    /** Whether all that it complains of may pass by itself. */
    public boolean mayCome(ChartreuseException failure) {
        return behindPatroni
                && failure.diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .allMatch(problem ->
                                NOT_CONFIGURED.contains(problem.code().code()));
    }
}
