package io.chartreuse.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

    private static final String PLAN = Golden.plan("migrate-and-restore");

    @Test
    void aPlanReadsAsItWasWritten() {
        Plan plan = PlanReader.read(PLAN, "plan.json");
        assertEquals(PLAN, Json.pretty(plan.document()));
        assertEquals(plan.id(), PlanDocument.digest(plan.document()));
        assertEquals(plan, PlanReader.read(plan.document().toString(), "again"));
    }

    @Test
    void fieldsOfANewerMinorVersionAreKeptAndCount() throws JsonProcessingException {
        ObjectNode document = (ObjectNode) Json.read(PLAN);
        document.put("formatVersion", "1.7").put("approvedBy", "somebody");
        document.put("id", PlanDocument.digest(document));
        Plan plan = PlanReader.read(document.toString(), "plan.json");
        assertEquals("somebody", plan.document().get("approvedBy").asText());
    }

    @Test
    void anEditedPlanIsRefused() {
        Diagnostic refusal = refusal(PLAN.replace("\"replicas\" : 3", "\"replicas\" : 4"));
        assertEquals(PlanError.EDITED, refusal.code());
        assertTrue(refusal.summary().startsWith("plan.json was changed after it was made"), refusal.summary());
    }

    @Test
    void aTruncatedPlanIsRefusedAnywhere() {
        for (int length = 0; length < PLAN.length() - 2; length += 97) {
            assertEquals(PlanError.MALFORMED, refusal(PLAN.substring(0, length)).code());
        }
    }

    @Test
    void anotherMajorFormatIsRefusedBeforeAnythingElse() {
        Diagnostic refusal = refusal(PLAN.replace(
                "\"formatVersion\" : \"" + PlanDocument.FORMAT_VERSION + "\"", "\"formatVersion\" : \"2.0\""));
        assertEquals(PlanError.UNKNOWN_FORMAT, refusal.code());
        assertTrue(refusal.remedy().contains("chartreuseVersion 1.0.0"), refusal.remedy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/release", "/stages", "/changes/0/address", "/changes/0/before", "/createdAt"})
    void aForgedPlanThatLacksAFieldIsRefusedByName(String pointer) throws JsonProcessingException {
        ObjectNode document = (ObjectNode) Json.read(PLAN);
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) (slash == 0 ? document : document.at(pointer.substring(0, slash)));
        parent.put(pointer.substring(slash + 1), 42);
        document.put("id", PlanDocument.digest(document));
        Diagnostic refusal = refusal(document.toString());
        assertEquals(PlanError.MALFORMED, refusal.code());
        assertTrue(refusal.summary().contains(pointer), refusal.summary());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "{}", "\"plan\"", "kind: ConfigMap"})
    void whatIsNoPlanIsRefused(String text) {
        assertEquals(PlanError.MALFORMED, refusal(text).code());
    }

    private static Diagnostic refusal(String text) {
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> PlanReader.read(text, "plan.json"));
        assertEquals(ErrorType.USER, refused.type());
        return refused.diagnostics().get(0);
    }
}
