package io.chartreuse.core.approval;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many approvals a plan needs, and whose count. Plans that only bring back stopped workloads need none: an operator
 * who has to end an outage does not wait for a second person.
 *
 * @param required from 0; 0 asks for nothing
 * @param keys     without repetition
 */
public record ApprovalRule(int required, List<ApprovalKey> keys) {

    /** Asks for nothing. */
    public static final ApprovalRule NONE = new ApprovalRule(0, List.of());

    public ApprovalRule {
        keys = keys.stream().distinct().toList();
        if (required > keys.size()) {
            throw new ChartreuseException(Diagnostic.error(
                    ApprovalError.UNREACHABLE,
                    "approvals.required is " + required + ", and approvals.keys has " + keys.size() + " different key"
                            + (keys.size() == 1 ? "" : "s"),
                    "One key counts once: name more keys, or ask for fewer approvals."));
        }
    }

    /**
     * Reads the configuration's {@code approvals}, valid against the schema.
     *
     * @param directory where relative paths start
     * @throws ChartreuseException where a key cannot be read, or there are too few
     */
    public static ApprovalRule of(JsonNode section, Path directory) {
        List<ApprovalKey> keys = keys(section.path("keys"), "approvals.keys", directory);
        return new ApprovalRule(section.path("required").asInt(1), keys);
    }

    /**
     * Reads a list of public keys, valid against the schema.
     *
     * @param setting   where the list stands, for messages
     * @param directory where relative paths start
     * @throws ChartreuseException where a key cannot be read
     */
    public static List<ApprovalKey> keys(JsonNode list, String setting, Path directory) {
        List<ApprovalKey> keys = new ArrayList<>();
        for (JsonNode key : list) {
            keys.add(key(key, setting + "[" + keys.size() + "]", directory));
        }
        return keys;
    }

    private static ApprovalKey key(JsonNode key, String place, Path directory) {
        if (key.isTextual()) {
            return ApprovalKey.of(key.textValue(), place, "");
        }
        String name = key.path("name").asText();
        return key.has("pem")
                ? ApprovalKey.of(key.path("pem").asText(), place, name)
                : ApprovalKey.read(directory.resolve(key.path("file").asText()), name);
    }

    /** How the configuration calls the key of that fingerprint; empty where it does not know it, or gives it no name. */
    public Optional<ApprovalKey> key(String fingerprint) {
        return keys.stream()
                .filter(key -> key.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /** Whether this plan needs approvals. */
    public boolean concerns(Plan plan) {
        return required > 0
                && plan.stages().stream()
                        .map(Stage::name)
                        .anyMatch(name -> name.putsAside() || name == StageName.MIGRATE);
    }

    /** Those of these approvals that count for this plan. */
    public List<Approval> counting(Plan plan, List<Approval> approvals) {
        return approvals.stream()
                .filter(approval -> approval.planId().equals(plan.id()))
                .filter(approval -> keys.contains(approval.key()))
                .toList();
    }

    /**
     * How far a plan is; empty where it needs none.
     *
     * @param approvals those that there are of it
     */
    public Optional<ApprovalState> state(Plan plan, List<Approval> approvals) {
        List<Approval> counting = counting(plan, approvals);
        return concerns(plan)
                ? Optional.of(new ApprovalState(required, names(counting, true), names(counting, false)))
                : Optional.empty();
    }

    /** The keys that are among those of the approvals, or are not. An approval knows only its key's fingerprint. */
    private List<String> names(List<Approval> approvals, boolean among) {
        return keys.stream()
                .filter(key -> among
                        == approvals.stream()
                                .anyMatch(approval -> approval.key().equals(key)))
                .map(ApprovalKey::toString)
                .toList();
    }

    /**
     * Refuses a plan that has too few.
     *
     * @return those that count; empty where the plan needs none
     * @throws ChartreuseException that says how many there are, whose, and which keys could still approve
     */
    public List<Approval> require(Plan plan, List<Approval> approvals) {
        List<Approval> counting = counting(plan, approvals);
        if (concerns(plan) && counting.size() < required) {
            throw new ChartreuseException(Diagnostic.error(
                    ApprovalError.MISSING,
                    "plan " + plan.shortId() + " has " + counting.size() + " of the " + required
                            + " approvals that it needs" + by(counting) + "; not yet: " + open(counting),
                    "Have it approved with `chartreuse approve --plan-id " + plan.id()
                            + " --key FILE`, then apply it again."));
        }
        return counting;
    }

    private String by(List<Approval> approvals) {
        return approvals.isEmpty() ? "" : ", by " + String.join(", ", names(approvals, true));
    }

    private String open(List<Approval> counting) {
        return String.join(", ", names(counting, false));
    }

    /**
     * Refuses a plan that is made and applied at once, where it needs approvals.
     *
     * @throws ChartreuseException that says which way to go
     */
    public void refuseComputed(Plan plan) {
        if (concerns(plan)) {
            throw new ChartreuseException(Diagnostic.error(
                    ApprovalError.COMPUTED,
                    "apply made plan " + plan.shortId() + " just now, so no approval of it can exist; it needs "
                            + required + " approval" + (required == 1 ? "" : "s"),
                    "It is stored: review it with `chartreuse show --plan-id " + Plan.shortId(plan.id())
                            + "`, have it approved with `chartreuse approve --plan-id " + plan.id()
                            + " --key FILE`, then run `chartreuse apply --plan-id " + plan.id() + "`."));
        }
    }

    /**
     * Which of the keys signed this plan.
     *
     * @throws ChartreuseException where none did, or none would count
     */
    public ApprovalKey signer(Plan plan, byte[] signature) {
        if (keys.isEmpty()) {
            throw new ChartreuseException(Diagnostic.error(
                    ApprovalError.NOT_CONFIGURED,
                    "the configuration names no approvals.keys: an approval would not count",
                    "Write approvals: {required: 1, keys: [{file: approver.pub}]} into it, and make a new plan."));
        }
        return keys.stream()
                .filter(key -> key.verifies(plan.id(), signature))
                .findFirst()
                .orElseThrow(() -> new ChartreuseException(Diagnostic.error(
                        ApprovalError.KEY_UNKNOWN,
                        "this signs plan " + plan.shortId() + " with none of the keys in approvals.keys: "
                                + open(List.of()),
                        "Sign the text " + plan.id() + " with a key whose public half is among them.")));
    }
}
