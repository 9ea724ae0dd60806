package io.chartreuse.core.policy;

import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A rule that a plan breaks.
 *
 * @param rule    the rule's id
 * @param denies  whether the plan may not be executed for it
 * @param message the rule's own words, with the migration that they are about
 * @param address the resource that it concerns; empty where it is the plan as a whole
 * @param details what of the plan does not satisfy the rule, in sentences; a statement is quoted
 * @param place   where the rule stands
 */
public record RuleViolation(
        String rule,
        boolean denies,
        String message,
        String remedy,
        Optional<Address> address,
        List<String> details,
        Location place) {

    /** Stands for a rule where none can be asked. */
    private static final String UNREADABLE = "unreadable-sql";

    public RuleViolation {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(address, "address");
        details = List.copyOf(details);
        Objects.requireNonNull(place, "place");
    }

    /** Of SQL that no rule can judge, as it cannot be read. @param why of one migration, for people */
    static RuleViolation unreadable(String script, String why, Address address, Location asking) {
        return new RuleViolation(
                UNREADABLE,
                true,
                script + ": its SQL cannot be read as PostgreSQL reads it (" + why + "), so the rules cannot judge it",
                "Write the statement so that it ends, and does not depend on the server's version.",
                Optional.of(address),
                List.of(),
                asking);
    }

    /** The same for people: an error where it denies, a warning where not. */
    public Diagnostic diagnostic() {
        String summary = "policy " + rule + ": " + message;
        String explanation = (String.join("\n", details) + "\n" + remedy).strip();
        Diagnostic diagnostic = denies
                ? Diagnostic.error(
                        rule.equals(UNREADABLE) ? PolicyError.UNREADABLE_SQL : PolicyError.VIOLATED,
                        summary,
                        explanation)
                : Diagnostic.warning(PolicyError.WARNED, summary, explanation);
        return address.map(diagnostic::about).orElse(diagnostic).at(place);
    }
}
