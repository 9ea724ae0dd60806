package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private final Hold first = new Hold("zoo", "run-1", "2026-11-22T07:00:00Z");
    private final Hold second = new Hold("shop", "run-2", "2026-11-22T08:00:00Z");

    @Test
    void whatIsWrittenIsReadAgain() {
        Holds holds = Holds.none().with(second).with(first);

        assertEquals(holds, Holds.of(bearing(written(holds)), Annotations.STOPPED_BY));
        assertEquals("zoo", written(holds).get(Annotations.STOPPED_BY));
        assertEquals("run-1", written(holds).get(Annotations.RUN));
    }

    @Test
    void theNextIsFirstWhenTheFirstLeaves() {
        Map<String, String> left = written(Holds.none().with(first).with(second).without("zoo"));

        assertEquals("shop", left.get(Annotations.STOPPED_BY));
        assertEquals("2026-11-22T08:00:00Z", left.get(Annotations.STOPPED_AT));
    }

    @Test
    void nothingIsLeftWhenTheLastLeaves() {
        assertTrue(written(Holds.none().with(first).without("zoo")).values().stream()
                .allMatch("null"::equals));
    }

    @Test
    void whoHoldsAlreadyStaysAsHeCame() {
        assertEquals(
                List.of(first),
                Holds.none()
                        .with(first)
                        .with(new Hold("zoo", "run-9", "2026-12-01T00:00:00Z"))
                        .all());
    }

    @Test
    void theMarkOfTheEarlierToolIsAHolderWithoutARun() {
        Holds holds = Holds.of(bearing(Map.of(Annotations.STOPPED_BY, "shop")), Annotations.STOPPED_BY);

        assertEquals(List.of(new Hold("shop", "", "")), holds.all());
        assertEquals("release shop", holds.toString());
    }

    @Test
    void whatSomebodyEditedBeyondRecognitionLeavesTheFirstAlone() {
        for (String edited : List.of("{", "3", "null", "[]")) {
            Holds holds = Holds.of(
                    bearing(Map.of(Annotations.HELD_BY, edited, Annotations.STOPPED_BY, "shop")),
                    Annotations.STOPPED_BY);
            assertEquals(List.of("shop"), holds.holders(), edited);
        }
    }

    @Test
    void peopleReadWhoAndSinceWhen() {
        assertEquals(
                "run run-1 of release zoo since 2026-11-22T07:00:00Z and run run-2 of release shop since"
                        + " 2026-11-22T08:00:00Z",
                Holds.none().with(second).with(first).toString());
    }

    private static Map<String, String> written(Holds holds) {
        ObjectNode annotations = JsonNodeFactory.instance.objectNode();
        holds.writeTo(annotations, Annotations.STOPPED_BY);
        Map<String, String> written = new HashMap<>();
        annotations
                .properties()
                .forEach(entry -> written.put(entry.getKey(), entry.getValue().asText()));
        return written;
    }

    private static GenericKubernetesResource bearing(Map<String, String> annotations) {
        return new GenericKubernetesResourceBuilder()
                .withNewMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }
}
