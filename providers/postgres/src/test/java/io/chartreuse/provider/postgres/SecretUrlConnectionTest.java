package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.provider.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database whose address, user and password are in a Secret, as its operator has created it. */
class SecretUrlConnectionTest {

    private final TestDatabase database = new TestDatabase().script("V1__ledger.sql", "create table ledger (id int);");
    private final Map<String, String> secrets = new HashMap<>();
    private final ObjectNode settings = database.settings;

    @BeforeEach
    void referToTheSecret() {
        settings.remove("user");
        settings.remove("password");
        settings.putObject("url").put("env", "LEDGER_URI");
        secrets.put("LEDGER_URI", uri(TestDatabase.PASSWORD));
    }

    private String uri(String password) {
        return "postgresql://" + database.user + ":"
                + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@localhost:"
                + TestServer.port() + "/" + database.name;
    }

    private Provider provider() {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        section.putObject("databases").set("main", settings);
        Context context = new Context(
                "shop",
                Optional.empty(),
                database.directory,
                reference -> new Secret(
                        Optional.ofNullable(secrets.get(reference.path("env").asText()))
                                .orElseThrow(() -> new ChartreuseException(Diagnostic.error(
                                        PostgresProblem.INVALID_URL, "there is no such variable", "Set it.")))),
                Map.of(),
                Clock.systemUTC());
        return new PostgresProviderFactory().create(section, context);
    }

    private static Resource only(Provider provider) {
        return provider.refresh().get(0);
    }

    @Test
    void aUrlWithUserAndPasswordIsAllThatIsNeeded() {
        try (Provider provider = provider()) {
            Resource main = only(provider);
            assertEquals("[]", main.findings().toString());
            assertFalse(main.toString().contains(TestDatabase.PASSWORD), main.toString());
        }
    }

    @Test
    void aUserOfItsOwnKeyCountsBeforeThatOfTheUrl() {
        secrets.put("LEDGER_URI", uri(TestDatabase.PASSWORD).replace(database.user, "somebody"));
        secrets.put("LEDGER_USER", database.user);
        settings.putObject("user").put("env", "LEDGER_USER");
        try (Provider provider = provider()) {
            assertEquals("[]", only(provider).findings().toString());
        }
    }

    @Test
    void thePasswordIsReadAnewForEachConnection() {
        secrets.put("LEDGER_URI", uri("not-this-one"));
        try (Provider provider = provider()) {
            assertThrows(ChartreuseException.class, provider::refresh);
            secrets.put("LEDGER_URI", uri(TestDatabase.PASSWORD));
            assertEquals("[]", only(provider).findings().toString());
        }
    }

    @Test
    void aSecretThatIsMissingIsNotNeededBeforeADatabaseIsAsked() {
        secrets.clear();
        try (Provider provider = provider()) {
            assertEquals(
                    "there is no such variable",
                    assertThrows(ChartreuseException.class, provider::refresh).getMessage());
        }
    }

    @Test
    void aSecretThatIsNoUrlIsRefusedAndNotRepeated() {
        secrets.put("LEDGER_URI", "s3cr3t-and-no-url");
        try (Provider provider = provider()) {
            Diagnostic problem = assertThrows(ChartreuseException.class, provider::refresh)
                    .diagnostics()
                    .get(0);
            assertEquals(PostgresProblem.INVALID_URL, problem.code());
            assertFalse(problem.toString().contains("s3cr3t"), problem.toString());
        }
    }
}
