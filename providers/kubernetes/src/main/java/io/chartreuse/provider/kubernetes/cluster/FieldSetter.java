package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who set a field of an object last, according to the API server.
 *
 * @param manager the field manager: {@code argocd-controller}, {@code kubectl-edit}
 * @param at      when, in ISO 8601; empty where that is not known
 */
public record FieldSetter(String manager, String at) {

    public FieldSetter {
        Objects.requireNonNull(manager, "manager");
        Objects.requireNonNull(at, "at");
    }

    /** The manager other than Chartreuse that owns that field; of several the last one. */
    public static Optional<FieldSetter> of(HasMetadata live, List<String> path) {
        return live.getMetadata().getManagedFields().stream()
                .filter(entry ->
                        entry.getManager() != null && !entry.getManager().equals(FieldOwnership.MANAGER))
                .filter(entry -> FieldOwnership.fields(entry).has(path))
                .max(Comparator.comparing(FieldSetter::time))
                .map(entry -> new FieldSetter(entry.getManager(), time(entry)));
    }

    private static String time(ManagedFieldsEntry entry) {
        return Objects.requireNonNullElse(entry.getTime(), "");
    }

    /** For people. */
    @Override
    public String toString() {
        return "field manager \"" + manager + "\"" + (at.isEmpty() ? "" : " at " + at);
    }
}
