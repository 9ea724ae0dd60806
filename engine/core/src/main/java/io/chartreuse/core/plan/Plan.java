package io.chartreuse.core.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What is going to be done, whole: the applier executes this and makes no choices of its own.
 *
 * @param id                  {@code sha256:…} of the canonical JSON of the document without its id
 * @param configurationDigest of the configuration that it was made from
 * @param providers           whose resources were read for it, sorted; the same are read again before it is executed
 * @param changes             one a resource, sorted by address, those without actions included
 * @param stages              what is executed, in order; empty where there is nothing to do
 * @param recovery            what brings workloads back when a stage fails and they may come back
 * @param basis               what it was made from, where that was not the world as it stood
 * @param document            the JSON that the id was computed over, to the letter that a reviewer saw; may hold fields
 *                            of a newer minor format version
 */
public record Plan(
        String id,
        String formatVersion,
        String chartreuseVersion,
        Instant createdAt,
        Release release,
        Strategy strategy,
        OnFailure onFailure,
        String configurationDigest,
        List<String> providers,
        List<Change> changes,
        List<Stage> stages,
        List<Stage> recovery,
        Optional<PlanBasis> basis,
        ObjectNode document) {

    public Plan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "createdAt");
        providers = List.copyOf(providers);
        changes = List.copyOf(changes);
        stages = List.copyOf(stages);
        recovery = List.copyOf(recovery);
        Objects.requireNonNull(basis, "basis");
        document = document.deepCopy();
    }

    /**
     * What identifies the cluster that it was made for among others that use the same names; empty if that could not be
     * found out.
     */
    public SortedMap<String, String> identity() {
        return PlanDocument.identity(document);
    }

    /** A short digest of each setting of the configuration that it was made from; empty in plans of older versions. */
    public ObjectNode settings() {
        return PlanDocument.settings(document);
    }

    /** Whether executing it would do nothing. */
    public boolean isEmpty() {
        return stages.isEmpty();
    }

    /** @throws NoSuchElementException where the plan does not know the resource */
    public Change change(Address address) {
        return changes.stream()
                .filter(change -> change.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("plan " + id + " has no change of " + address));
    }

    /**
     * The same plan with the SQL that runs, as these resources have it: large SQL too, and secrets as they are. It must have
     * been compared with theirs. For rules only; it is never shown or stored.
     */
    public Plan withRunningSql(List<Resource> resources) {
        Map<Address, List<Migration>> pending = resources.stream()
                .filter(resource -> !resource.migrations().isEmpty())
                .collect(Collectors.toMap(Resource::address, Resource::migrations));
        List<Change> complete = changes.stream()
                .map(change -> change.withMigrations(
                        running(change.migrations(), pending.getOrDefault(change.address(), List.of()))))
                .toList();
        return with(complete, document);
    }

    /**
     * The same plan with other findings of its changes. For rules only; it is never shown or stored.
     *
     * @param others the changes of this plan, in this order
     */
    public Plan withFindings(List<Change> others) {
        ObjectNode said = document.deepCopy();
        for (int i = 0; i < others.size(); i++) {
            if (!others.get(i).findings().equals(changes.get(i).findings())) {
                ObjectNode change = (ObjectNode) said.path("changes").get(i);
                ChangeDocument.findings(
                        change.putArray("findings"), others.get(i).findings());
            }
        }
        return with(others, said);
    }

    private Plan with(List<Change> others, ObjectNode said) {
        return new Plan(
                id,
                formatVersion,
                chartreuseVersion,
                createdAt,
                release,
                strategy,
                onFailure,
                configurationDigest,
                providers,
                others,
                stages,
                recovery,
                basis,
                said);
    }

    private static List<Migration> running(List<Migration> named, List<Migration> atHand) {
        return named.stream()
                .map(migration -> atHand.stream()
                        .filter(other -> other.kind() == migration.kind()
                                && other.script().equals(migration.script())
                                && other.digest().equals(migration.digest()))
                        .findFirst()
                        .flatMap(Migration::readableSql)
                        .map(migration::withLargeSql)
                        .orElse(migration))
                .toList();
    }

    /** The first twelve digits of the id, for people. */
    public String shortId() {
        return shortId(id);
    }

    /** The first twelve digits of a plan id. */
    public static String shortId(String id) {
        String digits = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
        return digits.substring(0, Math.min(12, digits.length()));
    }
}
