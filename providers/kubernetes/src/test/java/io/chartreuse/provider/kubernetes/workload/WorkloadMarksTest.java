package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkloadMarksTest {

    private static final ManagedFieldsEntry VERSION_ONE =
            entry("fabric8-kubernetes-client", Map.of("f:replicas", Map.of()));
    private static final ManagedFieldsEntry ROLLBACK = entry("kubectl", Map.of("f:template", Map.of()));

    @Test
    void whatVersionOneStoppedIsHeld() {
        WorkloadMarks marks = marks(true, VERSION_ONE);

        assertEquals(List.of("reports"), marks.held().holders());
        assertEquals(Optional.of(5), marks.formerReplicas());
    }

    @Test
    void whatIsAtZeroWithMarksThatARollbackCopiedIsNotHeld() {
        WorkloadMarks marks = marks(true, ROLLBACK);

        assertTrue(marks.isNone());
        assertEquals(Optional.empty(), marks.formerReplicas());
    }

    @Test
    void whereTheServerDoesNotSayWhoWroteThemMarksHold() {
        assertEquals(List.of("reports"), marks(true).held().holders());
    }

    @Test
    void copiedMarksAreStaleOnWhatRunsAndSayNothingOfItsReplicas() {
        WorkloadMarks marks = marks(false, ROLLBACK);

        assertEquals(List.of("reports"), marks.stale().holders());
        assertEquals(Optional.empty(), marks.formerReplicas());
    }

    private static WorkloadMarks marks(boolean atZero, ManagedFieldsEntry... entries) {
        return WorkloadMarks.of(WorkloadKind.DEPLOYMENT, live(entries), atZero);
    }

    private static HasMetadata live(ManagedFieldsEntry... entries) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .addToAnnotations("wiremind.io/stopped-by", "reports")
                .addToAnnotations("chartreuse.io/former-replicas", "5")
                .addToAnnotations(
                        "chartreuse.io/held-by",
                        "{\"reports\": {\"run\": \"run-7\", \"since\": \"2026-11-22T07:00:00Z\"}}")
                .withManagedFields(entries)
                .endMetadata()
                .build();
    }

    private static ManagedFieldsEntry entry(String manager, Map<String, Object> spec) {
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperty(
                "f:metadata", Map.of("f:annotations", Map.of("f:chartreuse.io/held-by", Map.of())));
        fields.setAdditionalProperty("f:spec", spec);
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation("Update")
                .withFieldsV1(fields)
                .build();
    }
}
