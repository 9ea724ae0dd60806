package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Secrets;
import java.util.Set;

/** The password of every test's database, and another one that is wrong for all of them. */
final class TestSecrets implements Secrets {

    @Override
    public Secret resolve(JsonNode reference) {
        return new Secret(reference.path("env").asText().equals("PASSWORD") ? TestDatabase.PASSWORD : "wr0ng-0ne");
    }

    @Override
    public Set<String> variables() {
        return Set.of("PASSWORD", "OTHER_PASSWORD");
    }
}
