package io.chartreuse.provider.postgres.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Secrets;
import java.util.Set;

/** Resolves one reference beyond those of the configuration: the password in a URL that is itself a secret. */
public final class UrlSecrets implements Secrets {

    private static final String PASSWORD_OF = "passwordOf";

    private final Secrets secrets;

    /** @param secrets resolves all other references */
    public UrlSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The reference to the password in the URL that another reference leads to; read anew each time, as others are. */
    static JsonNode passwordOf(JsonNode url) {
        return JsonNodeFactory.instance.objectNode().set(PASSWORD_OF, url);
    }

    /** The reference that stands in the configuration. */
    public static JsonNode origin(JsonNode reference) {
        return reference.path(PASSWORD_OF).isMissingNode() ? reference : reference.get(PASSWORD_OF);
    }

    @Override
    public Secret resolve(JsonNode reference) {
        if (!reference.has(PASSWORD_OF)) {
            return secrets.resolve(reference);
        }
        return SecretUrl.read(secrets.resolve(reference.get(PASSWORD_OF)).reveal())
                .flatMap(SecretUrl::password)
                .map(Secret::new)
                .orElseThrow(UrlSecrets::noPassword);
    }

    private static ChartreuseException noPassword() {
        return new ChartreuseException(Diagnostic.error(
                PostgresProblem.INVALID_URL,
                "The URL that a database is reached by held a password, and no longer does.",
                "Put the password back into the Secret, or set `password`."));
    }

    @Override
    public Set<String> variables() {
        return secrets.variables();
    }
}
