package io.chartreuse.provider.postgres.assess;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Authentication;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides what to do with one database.
 *
 * @param settings the configuration
 * @param server   the server that answered
 * @param standing the status that the migration tool reported
 */
public record Assessment(DatabaseSettings settings, Server server, MigrationStatus standing) {

    public Assessment {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(standing, "standing");
    }

    /** The database as a resource of a plan. */
    public Resource resource() {
        return Resource.migrate(settings.address(), observed(), desired(), listed(), reason())
                .withFingerprint(server.identity(), fingerprint())
                .withOrder(settings.run().order())
                .withFindings(findings());
    }

    /** The current state. */
    public ObjectNode observed() {
        return DatabaseState.observed(standing);
    }

    /** The wanted state; the current state where the database is left alone. */
    public ObjectNode desired() {
        return leftAlone() ? observed() : DatabaseState.desired(standing);
    }

    /** The migrations to apply. */
    public List<Migration> pending() {
        return leftAlone() ? List.of() : standing.pending();
    }

    /** Includes callbacks and the like; empty where nothing is to be done, because callbacks do not run then. */
    private List<Migration> listed() {
        return observed().equals(desired()) ? List.of() : standing.migrations();
    }

    /** What a person has to know or fix; the migration tool's problems come first. */
    public List<Diagnostic> findings() {
        List<Diagnostic> findings = new ArrayList<>(standing.problems());
        if (server.standby()) {
            findings.add(readOnly());
        }
        if (!server.standardStrings() && !pending().isEmpty()) {
            findings.add(standardStringsOff(settings));
        }
        if (settings.password().isPresent() && new Authentication(settings.url()).mayReveal()) {
            findings.add(passwordInClear());
        }
        if (standing.ahead()) {
            findings.add(ahead());
        }
        if (leftEmpty()) {
            findings.add(empty());
        }
        return findings;
    }

    private boolean leftAlone() {
        return standing.ahead() || leftEmpty();
    }

    private boolean leftEmpty() {
        return server.empty() && !settings.allowEmpty();
    }

    private String reason() {
        long errors = findings().stream().filter(Diagnostic::isError).count();
        if (errors > 0) {
            return errors == 1 ? "has a problem" : "has " + errors + " problems";
        }
        if (standing.ahead()) {
            return "is ahead of the migrations at hand";
        }
        if (leftEmpty()) {
            return "is empty and allowEmpty is false";
        }
        return pendingReason();
    }

    private String pendingReason() {
        int count = pending().size();
        if (count > 0) {
            String taken = baseline()
                    .map(version -> "is taken over at baseline " + version + skipped() + "; ")
                    .orElse("");
            return taken + (count == 1 ? "1 migration is pending" : count + " migrations are pending") + after();
        }
        if (!observed().equals(desired())) {
            return "is taken over at revision " + standing.goal().orElse("0") + skipped();
        }
        return standing.revision()
                .map(revision -> "is at its target revision " + revision)
                .orElse("has nothing to migrate");
    }

    private Optional<String> baseline() {
        return kind(Migration.Kind.BASELINE).findFirst().flatMap(Migration::version);
    }

    private String skipped() {
        long count = kind(Migration.Kind.SKIPPED).count();
        return count == 0 ? "" : ", which skips " + (count == 1 ? "1 file" : count + " files") + " for good";
    }

    private Stream<Migration> kind(Migration.Kind kind) {
        return standing.migrations().stream().filter(migration -> migration.kind() == kind);
    }

    /** The databases that come before, which the order of the stages alone does not show. */
    private String after() {
        List<String> others = settings.run().after();
        return others.isEmpty() ? "" : ", after " + String.join(", ", others);
    }

    /** Includes the server's major version only: a minor upgrade between plan and apply is allowed. */
    private Map<String, String> fingerprint() {
        Map<String, String> parts = new TreeMap<>();
        parts.put("history", standing.history());
        parts.put("migrations", standing.scripts());
        parts.put("empty", server.empty() ? "yes" : "no");
        parts.put("serverMajor", String.valueOf(server.major()));
        return parts;
    }

    private Diagnostic readOnly() {
        return Diagnostic.error(
                        PostgresProblem.READ_ONLY,
                        "Database " + settings.name() + " is on a standby, which cannot be written to.",
                        "Let the url lead to the primary: its address, or all hosts with targetServerType=primary.")
                .about(settings.address());
    }

    /**
     * Policy rules and reviewers read a backslash as itself. So a server that reads it as an escape runs no statement.
     */
    public static Diagnostic standardStringsOff(DatabaseSettings settings) {
        return Diagnostic.error(
                        PostgresProblem.STANDARD_STRINGS_OFF,
                        "Database " + settings.name() + ": sessions of "
                                + settings.user().orElse("the login role")
                                + " begin with standard_conforming_strings off, so a backslash could hide a quote"
                                + " from the rules; no migration runs like this.",
                        "Find it with \\drds (a setting of the role or database) or in the url's options and"
                                + " postgresql.conf, and turn it on; write E'…' where a backslash escapes.")
                .about(settings.address());
    }

    private Diagnostic passwordInClear() {
        return Diagnostic.warning(
                        PostgresProblem.PASSWORD_IN_CLEAR,
                        "Database " + settings.name() + ": with requireAuth in its url the password may leave without"
                                + " encryption, to any server that answers there.",
                        "Add sslmode=verify-full and sslrootcert to the url, or take requireAuth out of it.")
                .about(settings.address());
    }

    private Diagnostic ahead() {
        return Diagnostic.warning(
                        PostgresProblem.AHEAD,
                        "Database " + settings.name() + " is at revision "
                                + standing.revision().orElse("none")
                                + ", which is beyond the migrations at hand; it is left as it is.",
                        "Expected after going back to an older release; otherwise check that the image is the right "
                                + "one.")
                .about(settings.address());
    }

    private Diagnostic empty() {
        return Diagnostic.warning(
                        PostgresProblem.EMPTY,
                        "Database " + settings.name() + " is empty and is left so.",
                        "Fill it, or set postgres.databases." + settings.name() + ".allowEmpty: true.")
                .about(settings.address());
    }
}
