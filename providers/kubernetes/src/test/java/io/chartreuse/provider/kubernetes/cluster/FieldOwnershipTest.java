package io.chartreuse.provider.kubernetes.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class FieldOwnershipTest {

    private static final String HELM_BEFORE =
            entry("helm", "Apply", "T1", "{f:spec: {f:replicas: {}, f:paused: {}, f:template: {f:metadata: {}}}}");
    private static final String HELM_AFTER =
            entry("helm", "Apply", "T1", "{f:spec: {f:paused: {}, f:template: {f:metadata: {}}}}");
    private static final String OURS = entry("chartreuse", "Update", "T2", "{f:spec: {f:replicas: {}}}");
    private static final String STATUS = "{manager: chartreuse, operation: Update, subresource: status, time: T2,"
            + " apiVersion: apps/v1, fieldsV1: {f:status: {}}}";

    @Test
    void whatIsOursGoesAndWhatWasTakenFromWhoAppliesReturns() {
        JsonNode patch = patch(List.of(HELM_BEFORE), List.of(HELM_AFTER, OURS, STATUS));

        assertEquals(List.of("test", "test", "test", "remove", "replace"), texts(patch, "op"));
        assertEquals("/metadata/managedFields/1", patch.at("/3/path").asText());
        assertEquals("/metadata/managedFields/0/fieldsV1", patch.at("/4/path").asText());
        assertEquals(
                json("{f:spec: {f:replicas: {}, f:paused: {}, f:template: {f:metadata: {}}}}"), patch.at("/4/value"));
    }

    @Test
    void aPatchHoldsForTheEntriesThatWereReadOnly() {
        JsonNode patch = patch(List.of(), List.of(HELM_AFTER, OURS));

        assertEquals(json("u-1"), patch.at("/0/value"));
        assertEquals("/metadata/managedFields/1", patch.at("/1/path").asText());
        assertEquals("T2", patch.at("/1/value/time").asText());
    }

    @Test
    void whoHasAppliedSinceKeepsWhatItHasSaidThen() {
        String anew = entry("helm", "Apply", "T3", "{f:spec: {f:paused: {}}}");

        assertEquals(List.of("test", "test", "remove"), texts(patch(List.of(HELM_BEFORE), List.of(anew, OURS)), "op"));
    }

    @Test
    void whatAPersonTookMeanwhileIsNotReturned() {
        String person = entry("kubectl-edit", "Update", "T3", "{f:spec: {f:replicas: {}}}");
        String behavior = entry("chartreuse", "Update", "T2", "{f:spec: {f:behavior: {}}}");

        assertEquals(
                List.of("test", "test", "remove"),
                texts(patch(List.of(HELM_BEFORE), List.of(HELM_AFTER, person, behavior)), "op"));
    }

    @Test
    void theLastEntryGoesByTheFormThatTheServerTakesForNone() {
        JsonNode patch = patch(List.of(), List.of(OURS));

        assertEquals("/metadata/managedFields", patch.at("/2/path").asText());
        assertEquals(json("[{}]"), patch.at("/2/value"));
    }

    @Test
    void whereNothingIsOursThereIsNothingToDo() {
        assertEquals(Optional.empty(), FieldOwnership.handOver(List.of(), live(List.of(HELM_BEFORE, STATUS))));
        assertFalse(FieldOwnership.isOurs(live(List.of(HELM_BEFORE, STATUS))));
        assertTrue(FieldOwnership.isOurs(live(List.of(HELM_AFTER, OURS))));
    }

    @Test
    void ofAnEntryThatOthersShareOnlyWhatVersionOneWroteGoes() {
        String shared = entry(
                "fabric8-kubernetes-client",
                "Update",
                "T2",
                "{f:metadata: {f:annotations: {f:chartreuse.io/held-by: {}, f:team: {}}, f:labels: {f:team: {}}},"
                        + " f:spec: {f:replicas: {}, f:paused: {}}}");

        assertEquals(
                json("{f:metadata: {f:annotations: {f:team: {}}, f:labels: {f:team: {}}}, f:spec: {f:paused: {}}}"),
                patch(List.of(), List.of(shared)).at("/2/value"));
    }

    @Test
    void anotherProgramWithTheSameLibraryKeepsItsFields() {
        String another = entry("fabric8-kubernetes-client", "Update", "T2", "{f:spec: {f:replicas: {}}}");

        assertEquals(Optional.empty(), FieldOwnership.handOver(List.of(), live(List.of(HELM_AFTER, another))));
    }

    @Test
    void aMarkThatVersionOneWroteWithTheReplicasIsNoCopy() {
        String versionOne = mark("fabric8-kubernetes-client", "{f:replicas: {}}");

        assertFalse(isCopied(HELM_AFTER, versionOne));
    }

    @Test
    void aMarkOfAManagerThatDidNotSetTheReplicasIsACopy() {
        String rollback = mark("kubectl", "{f:template: {f:spec: {}}}");
        String person = entry("kubectl-patch", "Update", "T3", "{f:spec: {f:replicas: {}}}");

        assertTrue(isCopied(rollback));
        assertTrue(isCopied(rollback, person));
    }

    @Test
    void aMarkIsNoCopyWhileVersionOneOwnsEitherOfTheTwo() {
        String scaled = mark("fabric8-kubernetes-client", "{}");
        String copied = mark("kubectl", "{f:template: {f:spec: {}}}");
        String replicas = entry("fabric8-kubernetes-client", "Update", "T2", "{f:spec: {f:replicas: {}}}");

        assertFalse(isCopied(scaled));
        assertFalse(isCopied(copied, replicas));
    }

    @Test
    void aMarkWhoseWriterIsNotKnownIsNoCopy() {
        String merged = mark("ancient-changes", "{}");
        String restored = mark("backup", "{f:replicas: {}}");

        assertFalse(isCopied());
        assertFalse(isCopied(OURS, HELM_AFTER));
        assertFalse(isCopied(merged));
        assertFalse(isCopied(restored));
    }

    private static boolean isCopied(String... entries) {
        return FieldOwnership.isCopied(
                live(List.of(entries)),
                List.of("metadata", "annotations", "chartreuse.io/held-by"),
                List.of("spec", "replicas"));
    }

    private static String mark(String manager, String spec) {
        return entry(
                manager,
                "Update",
                "T2",
                "{f:metadata: {f:annotations: {f:chartreuse.io/held-by: {}}}, f:spec: " + spec + "}");
    }

    private static JsonNode patch(List<String> former, List<String> now) {
        return FieldOwnership.handOver(entries(former), live(now)).orElseThrow();
    }

    private static List<String> texts(JsonNode patch, String field) {
        return StreamSupport.stream(patch.spliterator(), false)
                .map(operation -> operation.path(field).asText())
                .toList();
    }

    private static String entry(String manager, String operation, String time, String fields) {
        return "{manager: %s, operation: %s, time: %s, apiVersion: apps/v1, fieldsType: FieldsV1, fieldsV1: %s}"
                .formatted(manager, operation, time, fields);
    }

    private static HasMetadata live(List<String> entries) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withUid("u-1")
                .withManagedFields(entries(entries))
                .endMetadata()
                .build();
    }

    private static List<ManagedFieldsEntry> entries(List<String> entries) {
        return entries.stream()
                .map(text -> new ObjectMapper().convertValue(json(text), ManagedFieldsEntry.class))
                .toList();
    }

    private static JsonNode json(String yaml) {
        return Serialization.unmarshal("value: " + yaml, JsonNode.class).get("value");
    }
}
