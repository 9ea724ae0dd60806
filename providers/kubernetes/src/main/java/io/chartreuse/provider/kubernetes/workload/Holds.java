package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All holders that keep one object in maintenance, as written on it: {@code {"shop": {"run": "…", "since": "…"}}}. The
 * object gets its former state back when the last of them lets go. Pure.
 *
 * @param all the oldest first; one per holder
 */
record Holds(List<Hold> all) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<Hold> ORDER =
            Comparator.comparing(Hold::since).thenComparing(Hold::holder);

    Holds {
        all = all.stream().sorted(ORDER).toList();
    }

    static Holds none() {
        return new Holds(List.of());
    }

    /**
     * The holds on the object. A mark that an older version, the earlier tool or an editor left counts as one hold:
     * that of the holder that {@code firstKey} names.
     */
    static Holds of(HasMetadata live, String firstKey) {
        Holds written =
                Annotations.read(live, Annotations.HELD_BY).map(Holds::parse).orElseGet(Holds::none);
        return written.isEmpty()
                ? new Holds(Annotations.read(live, firstKey).map(holder -> single(live, holder)).stream()
                        .toList())
                : written;
    }

    private static Hold single(HasMetadata live, String holder) {
        return new Hold(
                holder,
                Annotations.read(live, Annotations.RUN).orElse(""),
                Annotations.read(live, Annotations.STOPPED_AT).orElse(""));
    }

    private static Holds parse(String text) {
        try {
            JsonNode holders = JSON.readTree(text);
            List<Hold> all = new ArrayList<>();
            holders.properties()
                    .forEach(entry -> all.add(new Hold(
                            entry.getKey(),
                            entry.getValue().path("run").asText(""),
                            entry.getValue().path("since").asText(""))));
            return new Holds(all);
        } catch (JsonProcessingException e) {
            return none();
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean contains(String holder) {
        return all.stream().anyMatch(hold -> hold.holder().equals(holder));
    }

    Holds without(String holder) {
        return new Holds(
                all.stream().filter(hold -> !hold.holder().equals(holder)).toList());
    }

    /** Adds this hold; an existing one of the same holder stays as it is. */
    Holds with(Hold added) {
        if (contains(added.holder())) {
            return this;
        }
        List<Hold> more = new ArrayList<>(all);
        more.add(added);
        return new Holds(more);
    }

    /** The holders' names, sorted. */
    List<String> holders() {
        return all.stream().map(Hold::holder).sorted().toList();
    }

    /** Sets or removes all marks of holders; {@code firstKey} is the mark that names only the first. */
    void writeTo(ObjectNode annotations, String firstKey) {
        Optional<Hold> first = all.stream().findFirst();
        annotations
                .put(firstKey, first.map(Hold::holder).orElse(null))
                .put(Annotations.RUN, first.map(Hold::run).orElse(null))
                .put(Annotations.STOPPED_AT, first.map(Hold::since).orElse(null))
                .put(Annotations.HELD_BY, first.map(some -> json()).orElse(null));
    }

    private String json() {
        ObjectNode holders = JsonNodeFactory.instance.objectNode();
        all.forEach(
                hold -> holders.putObject(hold.holder()).put("run", hold.run()).put("since", hold.since()));
        return holders.toString();
    }

    /** For people, joined by "and". */
    @Override
    public String toString() {
        return all.stream().map(Objects::toString).collect(Collectors.joining(" and "));
    }
}
