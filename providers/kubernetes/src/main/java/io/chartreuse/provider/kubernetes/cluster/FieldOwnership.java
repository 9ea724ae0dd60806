package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the fields of an object that the API server counts as Chartreuse's, and builds the patch that gives them up.
 * Until then a server-side apply by another manager is refused where it sets these fields. Pure.
 */
public final class FieldOwnership {

    /** The field manager of Chartreuse's requests. */
    static final String MANAGER = "chartreuse";

    /** The field manager of version 1.0, which all programs with the same library share. */
    private static final String FORMER_MANAGER = "fabric8-kubernetes-client";

    /** The API server's name for the oldest managers, when it merges many of them. */
    private static final String MERGED_MANAGERS = "ancient-changes";

    private static final String MARKS = "f:chartreuse.io/";
    private static final String ENTRIES = "/metadata/managedFields";
    private static final ObjectMapper JSON = new ObjectMapper();

    private FieldOwnership() {}

    /** Whether Chartreuse counts as the owner of fields of the object. */
    public static boolean isOurs(HasMetadata live) {
        return live.getMetadata().getManagedFields().stream().anyMatch(FieldOwnership::isOurs);
    }

    /**
     * Whether a mark of version 1.0 is a copy that {@code kubectl rollout undo} wrote. Version 1.0 wrote its marks
     * together with the replicas; the owner of a copy has not set the replicas. Where version 1.0 still owns either, or
     * where the API server does not say who owns the mark, it is no copy.
     */
    public static boolean isCopied(HasMetadata live, List<String> mark, List<String> replicas) {
        List<ManagedFieldsEntry> writers = owners(live, mark);
        return !writers.isEmpty()
                && Stream.concat(writers.stream(), owners(live, replicas).stream())
                        .noneMatch(FieldOwnership::mayBeVersionOne)
                && writers.stream().noneMatch(entry -> fields(entry).has(replicas));
    }

    private static List<ManagedFieldsEntry> owners(HasMetadata live, List<String> path) {
        return live.getMetadata().getManagedFields().stream()
                .filter(entry -> fields(entry).has(path))
                .toList();
    }

    private static boolean mayBeVersionOne(ManagedFieldsEntry entry) {
        return FORMER_MANAGER.equals(entry.getManager()) || MERGED_MANAGERS.equals(entry.getManager());
    }

    /**
     * The JSON patch (RFC 6902) that removes Chartreuse's entries; empty where the object has none. Managers that
     * deploy by server-side apply get back the fields that Chartreuse's requests took, unless they have applied again
     * since. The patch names the entries that it changes as they were read, and fails where they have changed. Other
     * parts of the object may change meanwhile.
     *
     * @param former the entries before Chartreuse's first request; empty where these are not known
     * @param live   the object as it is now
     */
    static Optional<ArrayNode> handOver(List<ManagedFieldsEntry> former, HasMetadata live) {
        List<ManagedFieldsEntry> entries = live.getMetadata().getManagedFields();
        TreeMap<Integer, FieldSet> changed = changed(former, entries);
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        operation(patch, "test", "/metadata/uid")
                .put("value", live.getMetadata().getUid());
        changed.keySet()
                .forEach(at ->
                        operation(patch, "test", ENTRIES + "/" + at).set("value", JSON.valueToTree(entries.get(at))));
        long left =
                changed.values().stream().filter(fields -> !fields.isEmpty()).count();
        if (left == 0 && changed.size() == entries.size()) {
            // the server takes an empty list for one that was not sent, and this for none
            operation(patch, "replace", ENTRIES).putArray("value").addObject();
            return Optional.of(patch);
        }
        changed.descendingMap().forEach((at, fields) -> replace(patch, ENTRIES + "/" + at, fields));
        return Optional.of(patch);
    }

    private static void replace(ArrayNode patch, String path, FieldSet fields) {
        if (fields.isEmpty()) {
            operation(patch, "remove", path);
        } else {
            operation(patch, "replace", path + "/fieldsV1").set("value", fields.tree());
        }
    }

    private static ObjectNode operation(ArrayNode patch, String name, String path) {
        return patch.addObject().put("op", name).put("path", path);
    }

    /** What remains of each entry that changes, by the entry's index. */
    private static TreeMap<Integer, FieldSet> changed(List<ManagedFieldsEntry> former, List<ManagedFieldsEntry> now) {
        FieldSet ours = now.stream()
                .filter(FieldOwnership::isOurs)
                .map(FieldOwnership::fields)
                .reduce(FieldSet.none(), FieldSet::plus);
        TreeMap<Integer, FieldSet> changed = new TreeMap<>();
        for (int at = 0; at < now.size(); at++) {
            ManagedFieldsEntry entry = now.get(at);
            FieldSet before = fields(entry);
            FieldSet after = isOurs(entry)
                    ? FieldSet.none()
                    : withoutMarks(entry, before).plus(taken(former, entry).and(ours));
            if (!after.equals(before)) {
                changed.put(at, after);
            }
        }
        return changed;
    }

    private static boolean isOurs(ManagedFieldsEntry entry) {
        return isOf(entry, MANAGER);
    }

    private static boolean isOf(ManagedFieldsEntry entry, String manager) {
        return manager.equals(entry.getManager())
                && "Update".equals(entry.getOperation())
                && Objects.requireNonNullElse(entry.getSubresource(), "").isEmpty();
    }

    /**
     * The fields that a manager of server-side apply has lost; empty where its entry's time shows that it has applied
     * again.
     */
    private static FieldSet taken(List<ManagedFieldsEntry> former, ManagedFieldsEntry now) {
        return former.stream()
                .filter(entry -> "Apply".equals(now.getOperation()) && isSame(entry, now))
                .findFirst()
                .map(entry -> fields(entry).minus(fields(now)))
                .orElseGet(FieldSet::none);
    }

    private static boolean isSame(ManagedFieldsEntry one, ManagedFieldsEntry other) {
        return Objects.equals(one.getManager(), other.getManager())
                && Objects.equals(one.getOperation(), other.getOperation())
                && Objects.equals(one.getApiVersion(), other.getApiVersion())
                && Objects.equals(one.getSubresource(), other.getSubresource())
                && Objects.equals(one.getTime(), other.getTime());
    }

    /**
     * An entry with our marks that version 1.0 left is without what that version writes; others may share the entry.
     */
    private static FieldSet withoutMarks(ManagedFieldsEntry entry, FieldSet fields) {
        boolean marked = isOf(entry, FORMER_MANAGER)
                && fields.tree().at("/f:metadata/f:annotations").properties().stream()
                        .anyMatch(field -> field.getKey().startsWith(MARKS));
        return marked ? fields.minus(writtenBefore(fields)) : fields;
    }

    private static FieldSet writtenBefore(FieldSet fields) {
        ObjectNode written = fields.tree().deepCopy();
        written.retain("f:metadata", "f:spec");
        written.withObject("/f:metadata").retain("f:annotations");
        written.withObject("/f:metadata/f:annotations").properties().removeIf(field -> !isMark(field.getKey()));
        written.withObject("/f:spec").retain("f:replicas", "f:suspend", "f:behavior");
        return new FieldSet(written);
    }

    private static boolean isMark(String annotation) {
        return Stream.of(MARKS, "f:wiremind.io/", "f:autoscaling.keda.sh/").anyMatch(annotation::startsWith);
    }

    static FieldSet fields(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() == null ? FieldSet.none() : new FieldSet(JSON.valueToTree(entry.getFieldsV1()));
    }
}
