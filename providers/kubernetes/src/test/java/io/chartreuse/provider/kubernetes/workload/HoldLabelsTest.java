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

class HoldLabelsTest {

    private static final String LABEL = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

    private final Hold shop = new Hold("shop", "20261122t070000z-3fa2c1", "2026-11-22T07:00:00.125Z");
    private final Hold other = new Hold("shop.reports-2", "run-2", "2026-11-22T08:00:00Z");

    @Test
    void whatIsWrittenIsReadAgain() {
        Holds holds = Holds.none().with(other).with(shop);

        assertEquals(holds, HoldLabels.read(labelled(written(List.of(), holds))));
        assertEquals(
                "20261122T070000.125Z_20261122t070000z-3fa2c1",
                written(List.of(), holds).get("holder.chartreuse.io/shop"));
    }

    @Test
    void whoLeavesLosesItsLabelAlone() {
        Map<String, String> left = written(List.of(shop, other), Holds.none().with(other));

        assertTrue(left.containsKey("holder.chartreuse.io/shop"));
        assertEquals(Holds.none().with(other), HoldLabels.read(labelled(left)));
    }

    @Test
    void whatIsNotKnownOfAHoldIsNotKnownAfterwards() {
        Hold earlier = new Hold("shop", "", "");

        assertEquals(
                List.of(earlier),
                HoldLabels.read(labelled(written(List.of(), Holds.none().with(earlier))))
                        .all());
    }

    @Test
    void whatNoLabelMayHoldIsLeftOut() {
        Hold odd = new Hold("-a shop/" + "x".repeat(80), "a run \u00e9", "yesterday");
        Map<String, String> written = written(List.of(), Holds.none().with(odd));

        written.forEach((key, value) -> {
            assertTrue(key.substring(HoldLabels.PREFIX.length()).matches(LABEL), key);
            assertTrue(value.matches(LABEL), value);
        });
    }

    @Test
    void aLabelThatSomebodyEditedIsAHolderStill() {
        assertEquals(
                List.of(new Hold("shop", "edited", "")),
                HoldLabels.read(labelled(Map.of("holder.chartreuse.io/shop", "edited")))
                        .all());
    }

    private static Map<String, String> written(List<Hold> former, Holds now) {
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        HoldLabels.write(labels, former, now);
        Map<String, String> all = new HashMap<>();
        labels.properties()
                .forEach(label -> all.put(
                        label.getKey(),
                        label.getValue().isNull() ? null : label.getValue().asText()));
        return all;
    }

    private static GenericKubernetesResource labelled(Map<String, String> labels) {
        return new GenericKubernetesResourceBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
