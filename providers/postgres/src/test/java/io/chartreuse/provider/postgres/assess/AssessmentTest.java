package io.chartreuse.provider.postgres.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.spi.model.Resource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssessmentTest {

    @Test
    void aStandbyIsNoPlaceToMigrate() {
        Server standby = new Server(Optional.of("1"), "2", "shop", 18, true, false, true, true);
        Resource resource =
                Samples.assessment(standby, "5", Samples.migration("6", "x")).resource();

        assertEquals("postgres.read-only", resource.findings().get(0).code().code());
        assertEquals("has a problem", resource.reason());
    }

    @Test
    void theIdentityIsTheClustersAndTheDatabases() {
        assertEquals(
                Map.of("systemIdentifier", "1", "database", "shop", "oid", "2"),
                Samples.assessment("5").resource().identity());
    }

    @Test
    void aMinorUpgradeDoesNotShow() {
        assertFalse(Samples.assessment("5").resource().fingerprint().containsKey("serverVersion"));
    }
}
