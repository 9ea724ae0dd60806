package io.chartreuse.provider.postgres.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.SettingsReader;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Servers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class RouteTest {

    private static final Servers MEMBERS = new Servers() {
        @Override
        public boolean knows(String database) {
            return true;
        }

        @Override
        public Optional<List<String>> behind(String database) {
            return Optional.of(List.of("pg-1:5433", "[::1]:5432"));
        }
    };

    @Test
    void theHostsAreThoseOfTheClusterAndOnlyThePrimaryCounts() {
        PGSimpleDataSource source = source("jdbc:postgresql:///shop?sslmode=verify-full", MEMBERS);

        assertEquals(List.of("pg-1", "[::1]"), List.of(source.getServerNames()));
        assertEquals(5433, source.getPortNumbers()[0]);
        assertEquals("shop", source.getDatabaseName());
        assertEquals("verify-full", source.getSslMode());
        assertEquals("primary", source.getTargetServerType());
    }

    @Test
    void theUrlsOwnHostsDoNotMatter() {
        assertEquals(
                "pg-1", source("jdbc:postgresql://old:1,older/shop", MEMBERS).getServerNames()[0]);
    }

    @Test
    void withoutAClusterBehindItTheDatabaseIsNotFound() {
        ChartreuseException problem =
                assertThrows(ChartreuseException.class, () -> source("jdbc:postgresql:///shop", Servers.NONE));

        assertEquals("postgres.no-cluster", problem.diagnostics().get(0).code().code());
    }

    @Test
    void thatIsToldWithItsPlaceBeforeAnybodyIsAsked() {
        Diagnostic problem = new Connector(database("jdbc:postgresql:///shop", true), reference -> new Secret("p"))
                .unmet()
                .orElseThrow();

        assertEquals(
                "/postgres/databases/main/fromPatroni",
                problem.location().orElseThrow().path());
        assertEquals(Optional.empty(), connector(true, MEMBERS).unmet());
        assertEquals(Optional.empty(), connector(false, Servers.NONE).unmet());
    }

    private static Connector connector(boolean fromPatroni, Servers servers) {
        return new Connector(database("jdbc:postgresql://db/shop", fromPatroni), reference -> new Secret("p"), servers);
    }

    @Test
    void amongHostsThatTheUrlNamesOnlyThePrimaryCounts() {
        PGSimpleDataSource source = (PGSimpleDataSource)
                new Connector(database("jdbc:postgresql://a,b/shop", false), reference -> new Secret("p"))
                        .source(new SessionPurpose("test", Optional.empty(), true));

        assertEquals("primary", source.getTargetServerType());
    }

    private static PGSimpleDataSource source(String url, Servers servers) {
        return (PGSimpleDataSource) new Connector(database(url, true), reference -> new Secret("p"), servers)
                .source(new SessionPurpose("test", Optional.empty(), true));
    }

    private static DatabaseSettings database(String url, boolean fromPatroni) {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        ObjectNode main = section.putObject("databases").putObject("main");
        main.put("url", url).put("fromPatroni", fromPatroni);
        main.putObject("migrations").put("tool", "flyway").putArray("locations").add("migrations");
        return new SettingsReader(Path.of("."), reference -> new Secret("unused"))
                .read(section)
                .get(0);
    }
}
