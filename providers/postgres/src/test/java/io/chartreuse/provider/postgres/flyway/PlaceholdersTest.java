package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.postgres.flyway.Placeholders.Use;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void theTimeIsFoundInATextOfAnyLength() throws IOException {
        assertTrue(Placeholders.names(
                Placeholders.TIMESTAMP, new StringReader("x".repeat(20_000) + "${flywayflyway:TimeStamp}")));
        assertFalse(Placeholders.names(Placeholders.TIMESTAMP, new StringReader("${flyway:timestam} ${flyway:user}")));
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/app-1/größe_2.x, true",
        "/srv/a--b, false",
        "/srv/*/x, false",
        "/srv/a';b, false",
        "/srv/a b, false"
    })
    void aPathIsPlainWhereSqlReadsTheSameWithIt(String path, boolean plain) {
        assertEquals(plain, Placeholders.isPlain(path));
    }
}
