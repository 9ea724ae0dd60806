package io.chartreuse.cli.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the earlier tool's variables are read. */
final class LegacyEnvironmentTest {

    private final Map<String, String> variables = new HashMap<>(
            Map.of("CHARTREUSE_ALEMBIC_URL", "postgresql://us%3Aer:p%40ss+w%zz/:ord@[::1]:6432/the%20shop"));

    private LegacyDatabase database() {
        return new LegacyEnvironment(variables).withDatabases().databases().get(0);
    }

    @ParameterizedTest
    @CsvSource({"'',false", "false,false", "False,false", "0,false", "true,true", "1,true", "no,true", "' ',true"})
    void emptyFalseAndZeroAreFalse(String text, boolean meant) {
        variables.put("CHARTREUSE_ENABLE_STOP_PODS", text);
        variables.put("CHARTREUSE_UPGRADE_BEFORE_DEPLOYMENT", text);
        variables.put("HELM_IS_INSTALL", text);
        LegacyEnvironment environment = new LegacyEnvironment(variables);
        assertEquals(meant, environment.stopsPods());
        assertEquals(meant, environment.isInstall());
        assertEquals(meant, environment.withoutDatabases().before());
    }

    @Test
    void withoutThemPodsAreStoppedBehindTheDeploymentOfAnUpgrade() {
        LegacyEnvironment environment = new LegacyEnvironment(variables);
        assertTrue(environment.stopsPods());
        assertFalse(environment.isInstall());
        assertFalse(environment.withoutDatabases().before());
        assertEquals(Optional.empty(), environment.withoutDatabases().name());
        assertEquals(Duration.ofSeconds(60), environment.withoutDatabases().waitConfigured());
    }

    @Test
    void theUrlIsReadAsSqlAlchemyReadsIt() {
        assertEquals(
                "jdbc:postgresql://[::1]:6432/the%20shop", database().place().url());
        assertEquals(Optional.of("us:er"), database().user());
        assertEquals(Optional.of("p@ss+w%zz/:ord"), database().password().map(Secret::reveal));
        variables.put("CHARTREUSE_ALEMBIC_URL", "postgres://pg/shop");
        assertEquals("jdbc:postgresql://pg:5432/shop", database().place().url());
        assertEquals(Optional.empty(), database().user());
        assertEquals(Optional.empty(), database().password());
    }

    @Test
    void whatIsNotSetIsAsItWas() {
        assertEquals("/app/alembic", database().directory());
        assertEquals("alembic.ini", database().config());
        assertEquals(List.of(), database().arguments());
        assertFalse(database().allowEmpty());
        assertFalse(database().patroni());
    }

    @Test
    void someAreTrueWhenTheyAreThereWhateverTheySay() {
        variables.put("CHARTREUSE_ALEMBIC_ALLOW_MIGRATION_FOR_EMPTY_DATABASE", "false");
        variables.put("CHARTREUSE_PATRONI_POSTGRESQL", "");
        assertTrue(database().allowEmpty());
        assertTrue(database().patroni());
    }
}
