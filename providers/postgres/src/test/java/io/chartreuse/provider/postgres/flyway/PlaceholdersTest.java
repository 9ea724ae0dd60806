package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.postgres.flyway.Placeholders.Use;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    private final Placeholders placeholders = new Placeholders(Map.of("Tenant", "acme"));

    @Test
    void thoseWithoutAValueAreMissing() {
        assertEquals(
                List.of(new Use("a", 1), new Use("b", 3)),
                placeholders.missing("SELECT ${a};\n\n-- ${b} ${tenant} ${flyway:defaultSchema}"));
    }

    @Test
    void whatFlywayDoesNotProvideIsMissing() {
        assertEquals(List.of(new Use("flyway:moon", 1)), placeholders.missing("${flyway:moon}"));
    }

    @Test
    void dollarQuotesAreNoPlaceholders() {
        assertEquals(List.of(), placeholders.missing("DO $$ BEGIN PERFORM '{}'; END $$; SELECT $1, '$ {x}'"));
    }

    @Test
    void theTimeChangesByItself() {
        assertTrue(new Placeholders(Map.of()).changesByItself("-- ${flyway:Timestamp}"));
        assertFalse(new Placeholders(Map.of()).changesByItself("-- ${flyway:user}"));
    }
}
