package io.chartreuse.spi.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that a provider manages, as a refresh found it. The states are JSON objects in the provider's own format;
 * the engine compares and prints them and knows none of their fields.
 *
 * @param address     its name
 * @param role        what a run does with it
 * @param order       among those of the same role: workloads of a higher one are quiesced earlier and restored later;
 *                    databases of a higher one are migrated when all those of lower ones have been. 0 where it does not
 *                    matter
 * @param observed    what is there now
 * @param desired     what the release wants when the run is over; equal to {@code observed} if nothing is to be done
 * @param maintenance what it must be while databases migrate; only for {@link Role#QUIESCE} and {@link Role#SUSPEND}
 * @param identity    named parts that say <em>which</em> thing this is (a uid, a system identifier). They must hold
 *                    even for a run that is resumed half-way
 * @param fingerprint named parts that must not have changed between plan and apply (a history's digest, whether a
 *                    workload is at zero). What changes by itself is left out
 * @param migrations  what is pending and what belongs to it, in the order of execution; only for {@link Role#MIGRATE}
 * @param reason      why it is to be changed or left, for people: "4 migrations are pending"
 * @param findings    what a reviewer has to know; an error keeps any plan from being made
 * @param ready       false if it should run and is not ready yet, such as a workload with pods that are not ready;
 *                    shown, and never part of a plan, because it changes by itself
 */
public record Resource(
        Address address,
        Role role,
        int order,
        ObjectNode observed,
        ObjectNode desired,
        Optional<ObjectNode> maintenance,
        SortedMap<String, String> identity,
        SortedMap<String, String> fingerprint,
        List<Migration> migrations,
        String reason,
        List<Diagnostic> findings,
        boolean ready) {

    public Resource {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(reason, "reason");
        observed = observed.deepCopy();
        desired = desired.deepCopy();
        maintenance = maintenance.map(ObjectNode::deepCopy);
        identity = new TreeMap<>(identity);
        fingerprint = new TreeMap<>(fingerprint);
        migrations = List.copyOf(migrations);
        findings = List.copyOf(findings);
        if (maintenance.isPresent() != (role == Role.QUIESCE || role == Role.SUSPEND)) {
            throw new IllegalArgumentException(
                    address + ": a maintenance state belongs to roles quiesce and suspend, and only there");
        }
        if (role != Role.MIGRATE && !migrations.isEmpty()) {
            throw new IllegalArgumentException(address + ": migrations belong to role migrate");
        }
    }

    /** A cluster or the like that must reach {@code desired} before anything is touched. */
    public static Resource gate(Address address, ObjectNode observed, ObjectNode desired, String reason) {
        return new Resource(
                address,
                Role.GATE,
                0,
                observed,
                desired,
                Optional.empty(),
                sorted(),
                sorted(),
                List.of(),
                reason,
                List.of(),
                true);
    }

    /** A workload that is at {@code maintenance} while databases migrate. */
    public static Resource quiesce(
            Address address,
            int order,
            ObjectNode observed,
            ObjectNode desired,
            ObjectNode maintenance,
            String reason) {
        return new Resource(
                address,
                Role.QUIESCE,
                order,
                observed,
                desired,
                Optional.of(maintenance),
                sorted(),
                sorted(),
                List.of(),
                reason,
                List.of(),
                true);
    }

    /** What is at {@code maintenance} for no longer than databases migrate. */
    public static Resource suspend(
            Address address, ObjectNode observed, ObjectNode desired, ObjectNode maintenance, String reason) {
        return new Resource(
                address,
                Role.SUSPEND,
                0,
                observed,
                desired,
                Optional.of(maintenance),
                sorted(),
                sorted(),
                List.of(),
                reason,
                List.of(),
                true);
    }

    /** A database that {@code migrations} carry from {@code observed} to {@code desired}. */
    public static Resource migrate(
            Address address, ObjectNode observed, ObjectNode desired, List<Migration> migrations, String reason) {
        return new Resource(
                address,
                Role.MIGRATE,
                0,
                observed,
                desired,
                Optional.empty(),
                sorted(),
                sorted(),
                migrations,
                reason,
                List.of(),
                true);
    }

    /** The same with these parts, which identify it and must not change between plan and apply. */
    public Resource withFingerprint(Map<String, String> identity, Map<String, String> fingerprint) {
        return new Resource(
                address,
                role,
                order,
                observed,
                desired,
                maintenance,
                new TreeMap<>(identity),
                new TreeMap<>(fingerprint),
                migrations,
                reason,
                findings,
                ready);
    }

    /** The same with that order. */
    public Resource withOrder(int order) {
        return new Resource(
                address,
                role,
                order,
                observed,
                desired,
                maintenance,
                identity,
                fingerprint,
                migrations,
                reason,
                findings,
                ready);
    }

    /** The same with these findings. */
    public Resource withFindings(List<Diagnostic> findings) {
        return new Resource(
                address,
                role,
                order,
                observed,
                desired,
                maintenance,
                identity,
                fingerprint,
                migrations,
                reason,
                findings,
                ready);
    }

    /** The same, ready or not. */
    public Resource withReady(boolean ready) {
        return new Resource(
                address,
                role,
                order,
                observed,
                desired,
                maintenance,
                identity,
                fingerprint,
                migrations,
                reason,
                findings,
                ready);
    }

    private static SortedMap<String, String> sorted() {
        return new TreeMap<>();
    }
}
