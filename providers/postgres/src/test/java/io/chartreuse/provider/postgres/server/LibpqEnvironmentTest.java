package io.chartreuse.provider.postgres.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.LockSettings;
import io.chartreuse.provider.postgres.settings.RunSettings;
import io.chartreuse.spi.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LibpqEnvironmentTest {

    private static final AlembicSettings PROJECT = new AlembicSettings(
            Path.of("/app"),
            Path.of("/app/alembic.ini"),
            Optional.empty(),
            List.of("alembic"),
            List.of(),
            false,
            "heads",
            "alembic_version",
            Optional.empty(),
            true,
            true);

    private static final String KEEPALIVE =
            "-c chartreuse.session=kept -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

    private static Map<String, String> variables(String url, boolean readOnly) {
        DatabaseSettings database = new DatabaseSettings(
                "main",
                url,
                false,
                Optional.empty(),
                Optional.of("shop user"),
                Optional.of(JsonNodeFactory.instance.objectNode().put("env", "P")),
                Optional.of("shop owner"),
                true,
                Duration.ofMillis(2500),
                RunSettings.DEFAULT,
                LockSettings.DEFAULT,
                PROJECT);
        Connector connector = new Connector(database, reference -> new Secret("p@ss"));
        return new LibpqEnvironment(connector).of(new SessionPurpose("me", database.role(), readOnly).inUsersPath());
    }

    @Test
    void allThatASessionNeedsIsThere() {
        assertEquals(
                new TreeMap<>(Map.of(
                        "PGAPPNAME", "me",
                        "PGCONNECT_TIMEOUT", "3",
                        "PGDATABASE", "shop",
                        "PGHOST", "shop-pg",
                        "PGOPTIONS", "-c default_transaction_read_only=on " + KEEPALIVE + " -c role=shop\\ owner",
                        "PGPASSWORD", "p@ss",
                        "PGPORT", "5432",
                        "PGREQUIREAUTH", "scram-sha-256,gss,sspi,none",
                        "PGUSER", "shop user")),
                variables("jdbc:postgresql://shop-pg/shop", true));
    }

    @Test
    void severalHostsAndWhatBothKnowArePassedOn() {
        String url =
                "jdbc:postgresql://a:1,[::1]:2/shop?targetServerType=primary&sslmode=verify-full&sslrootcert=/ca.pem"
                        + "&sslkey=/key.pk8&currentSchema=x&loggerLevel=OFF&options=-c%20work_mem=1MB";
        Map<String, String> variables = variables(url, false);

        assertEquals("a,::1", variables.get("PGHOST"));
        assertEquals("1,2", variables.get("PGPORT"));
        assertEquals("read-write", variables.get("PGTARGETSESSIONATTRS"));
        assertEquals("primary", variables(url, true).get("PGTARGETSESSIONATTRS"));
        assertEquals("verify-full", variables.get("PGSSLMODE"));
        assertEquals("/ca.pem", variables.get("PGSSLROOTCERT"));
        assertEquals(null, variables.get("PGSSLKEY"));
        assertEquals(
                "-c work_mem=1MB -c search_path=x " + KEEPALIVE
                        + " -c lock_timeout=3000 -c statement_timeout=0 -c role=shop\\ owner",
                variables.get("PGOPTIONS"));
        assertEquals(
                "verify-full",
                variables("jdbc:postgresql://a/b?ssl=true", false).get("PGSSLMODE"));
    }

    @Test
    void amongSeveralHostsThePrimaryIsMeantUnlessTheUrlSaysOtherwise() {
        String two = "jdbc:postgresql://a:1,b:2/shop";

        assertEquals("read-write", variables(two, false).get("PGTARGETSESSIONATTRS"));
        assertEquals("primary", variables(two, true).get("PGTARGETSESSIONATTRS"));
        assertEquals(null, variables(two + "?targetServerType=any", false).get("PGTARGETSESSIONATTRS"));
    }
}
