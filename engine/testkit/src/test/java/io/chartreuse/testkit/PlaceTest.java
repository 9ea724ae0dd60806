package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.audit.AuditError;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanError;
import io.chartreuse.core.plan.PlanReader;
import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.model.ChartreuseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan belongs to the cluster that it was made in, also where it names no workload there. */
class PlaceTest {

    private final InMemoryWorld world = new InMemoryWorld().database("main", 5, 7);
    private final Scene scene = new Scene(world);

    @Test
    void aPlanOfAnotherClusterIsRefused() {
        scene.backend.in("a4c1");
        Plan plan = scene.plan();
        assertEquals(Map.of("cluster", "a4c1"), plan.identity());
        assertEquals(
                plan.identity(),
                PlanReader.read(plan.document().toString(), "x").identity());
        scene.backend.in("77e0");
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        assertEquals(PlanError.OTHER_CLUSTER, refused.diagnostics().get(0).code());
        assertTrue(refused.getMessage().contains("its cluster is a4c1, this one is 77e0"), refused.getMessage());
        assertEquals(List.of(), world.history());
        assertEquals(List.of(), scene.runs());
    }

    @Test
    void whatOneSideDoesNotKnowProvesNothing() {
        Plan plan = scene.plan();
        scene.backend.in("77e0");
        assertTrue(scene.apply(plan).succeeded());
    }

    private void assertForeign(Release here, String said) {
        ChartreuseException found = assertThrows(
                ChartreuseException.class, () -> new AuditTrail(scene.backend, here).verify(Optional.empty()));
        assertEquals(AuditError.FOREIGN_RUN, found.diagnostics().get(0).code());
        assertTrue(found.getMessage().contains(said), found.getMessage());
    }

    @Test
    void aRecordThatWasMadeInAnotherClusterIsNotThisOnes() {
        scene.backend.in("a4c1");
        assertTrue(scene.apply(scene.plan()).succeeded());
        new AuditTrail(scene.backend, Scene.RELEASE).verify(Optional.empty());
        scene.backend.in("77e0");
        assertForeign(Scene.RELEASE, "in another cluster: its cluster is a4c1, this one is 77e0");
    }

    @Test
    void aRecordOfTheSameReleaseInAnotherNamespaceIsNotThisOnes() {
        assertTrue(scene.apply(scene.plan()).succeeded());
        Release here = new Release("shop", Optional.of("shop-prod"));
        assertForeign(here, "is on record of release shop (namespace shop-prod), and is a run of release shop");
    }
}
