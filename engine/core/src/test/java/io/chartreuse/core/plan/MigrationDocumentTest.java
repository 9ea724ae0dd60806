package io.chartreuse.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Migration.Kind;
import io.chartreuse.spi.text.Sha256;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationDocumentTest {

    @ParameterizedTest
    @EnumSource
    void everyKindIsReadAsItWasWritten(Kind kind) {
        Migration migration = new Migration(
                kind,
                Optional.of("4"),
                "add customers",
                "V4__add_customers.sql",
                Sha256.of("4"),
                false,
                Optional.of("COMMIT in line 4"),
                Optional.empty());

        assertEquals(List.of(migration), read(written(migration)));
    }

    @Test
    void anEntryOfAnOlderPlanIsAMigration() {
        Migration plain = new Migration(Optional.of("4"), "add customers", "V4__a.sql", Sha256.of("4"), true);
        ObjectNode document = written(plain);

        assertEquals(-1, document.toString().indexOf("kind"));
        assertEquals(Kind.MIGRATION, read(document).get(0).kind());
    }

    private static ObjectNode written(Migration migration) {
        ObjectNode document = Json.object();
        MigrationDocument.write(document, List.of(migration));
        return document;
    }

    private static List<Migration> read(ObjectNode document) {
        return Fields.of(document).list("migrations", MigrationDocument::read);
    }
}
