package io.chartreuse.provider.kubernetes.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.text.Sha256;
import org.junit.jupiter.api.Test;

class ArtifactNamesTest {

    @Test
    void aPlanIsNamedByReleaseAndShortenedDigest() {
        String name = ArtifactNames.configMap(ArtifactKind.PLAN, "shop", Sha256.of("{}"));

        assertEquals("chartreuse-plan-shop.44136fa355b3678a1146ad16f7e8649e94fb4fc2", name);
    }

    @Test
    void aRunKeepsItsIdWhereThatIsAName() {
        assertEquals(
                "chartreuse-run-shop.run-20261122t070000z-1",
                ArtifactNames.configMap(ArtifactKind.RUN, "shop", "run-20261122t070000z-1"));
    }

    @Test
    void releaseAndIdCannotBeMistaken() {
        assertNotEquals(
                ArtifactNames.configMap(ArtifactKind.RUN, "a", "b-c"),
                ArtifactNames.configMap(ArtifactKind.RUN, "a-b", "c"));
    }

    @Test
    void whatIsNoNameBecomesOneThatIsItsOwn() {
        for (String odd : new String[] {"", "-", "Ü", "a.b", "A", "a_b", "x".repeat(64), "a--"}) {
            String label = ArtifactNames.label(odd);
            assertTrue(label.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"), label);
            assertNotEquals(odd, label);
        }
        assertNotEquals(ArtifactNames.label("a_b"), ArtifactNames.label("a.b"));
    }
}
