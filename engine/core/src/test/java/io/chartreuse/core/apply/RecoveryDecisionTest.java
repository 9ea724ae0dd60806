package io.chartreuse.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanError;
import io.chartreuse.core.plan.PlanReader;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryDecisionTest {

    private final Plan plan;

    RecoveryDecisionTest() throws IOException {
        plan = PlanReader.read(
                Files.readString(Path.of("src/test/resources/golden/migrate-and-restore/plan.json")), "plan.json");
    }

    @Test
    void aDatabaseAsItWasBeforeHasNotMoved() {
        RecoveryDecision decision = RecoveryDecision.of(plan, Optional.of(databases(List.of())));

        assertTrue(decision.restore());
        assertEquals("no database has moved: workloads are restored", decision.reason());
    }

    @Test
    void aDatabaseWithAProblemThatThePlanDidNotHaveHasMovedAlthoughItsRevisionIsTheSame() {
        Diagnostic halfDone = Diagnostic.error(PlanError.MALFORMED, "a migration was left half done", "repair it");
        RecoveryDecision decision = RecoveryDecision.of(plan, Optional.of(databases(List.of(halfDone))));

        assertFalse(decision.reason().contains("no database has moved"), decision.reason());
    }

    private List<Resource> databases(List<Diagnostic> findings) {
        return plan.changes().stream()
                .filter(change -> change.actions().contains("migrate"))
                .map(change -> Resource.migrate(change.address(), change.before(), change.after(), List.of(), "pending")
                        .withFindings(findings))
                .toList();
    }
}
