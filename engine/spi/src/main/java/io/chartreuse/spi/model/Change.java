package io.chartreuse.spi.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan does with one resource: {@code before} → {@code during} → {@code after}. Made by the differ, kept in the
 * plan, handed to the provider with each step. A change without actions is there for the record and for freshness.
 *
 * @param diff     RFC 6902 operations that lead from {@code before} to {@code after}
 * @param actions  {@code wait}, {@code stop}, {@code start}, {@code update}, {@code migrate}, {@code suspend},
 *                 {@code resume}; empty: nothing is done
 * @param reason   why, for people
 * @param identity see {@link Resource#identity()}
 * @param fingerprint see {@link Resource#fingerprint()}
 * @param findings warnings that a reviewer accepted with the plan
 */
public record Change(
        Address address,
        Role role,
        int order,
        List<String> actions,
        String reason,
        ObjectNode before,
        Optional<ObjectNode> during,
        ObjectNode after,
        List<JsonNode> diff,
        List<Migration> migrations,
        SortedMap<String, String> identity,
        SortedMap<String, String> fingerprint,
        List<Diagnostic> findings) {

    public Change {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(reason, "reason");
        actions = List.copyOf(actions);
        before = before.deepCopy();
        during = during.map(ObjectNode::deepCopy);
        after = after.deepCopy();
        diff = List.copyOf(diff);
        migrations = List.copyOf(migrations);
        identity = new TreeMap<>(identity);
        fingerprint = new TreeMap<>(fingerprint);
        findings = List.copyOf(findings);
    }

    /** Whether the plan has nothing to do here. */
    public boolean unchanged() {
        return actions.isEmpty();
    }

    /** The same change with these findings. */
    public Change withFindings(List<Diagnostic> others) {
        return new Change(
                address,
                role,
                order,
                actions,
                reason,
                before,
                during,
                after,
                diff,
                migrations,
                identity,
                fingerprint,
                others);
    }

    /** The same change with these migrations. */
    public Change withMigrations(List<Migration> others) {
        return new Change(
                address,
                role,
                order,
                actions,
                reason,
                before,
                during,
                after,
                diff,
                others,
                identity,
                fingerprint,
                findings);
    }

    /** The same change in another order. */
    public Change withOrder(int other) {
        return new Change(
                address,
                role,
                other,
                actions,
                reason,
                before,
                during,
                after,
                diff,
                migrations,
                identity,
                fingerprint,
                findings);
    }

    /**
     * The state that a step of this change leads to.
     *
     * @throws IllegalStateException for {@link Phase#DURING} where there is no maintenance
     */
    public ObjectNode state(Phase phase) {
        return phase == Phase.AFTER
                ? after
                : during.orElseThrow(() -> new IllegalStateException(address + " has no maintenance state"));
    }
}
