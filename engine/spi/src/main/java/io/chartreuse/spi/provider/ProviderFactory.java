package io.chartreuse.spi.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Role;
import java.util.Set;

/** Makes the provider of one configuration section; found through {@link java.util.ServiceLoader}. */
public interface ProviderFactory {

    /** The section's name and the first part of its resources' types: {@code postgres}. */
    String name();

    /** One line for {@code chartreuse providers}. */
    String description();

    /** The roles that its resources may take: a restore asks only those that manage workloads. */
    Set<Role> roles();

    /**
     * The JSON Schema (2020-12) of the section, as text. The engine puts it into the schema of the whole configuration.
     * A setting that holds a secret refers to {@code https://chartreuse.io/schemas/secret.schema.json}, which admits
     * references only.
     */
    String configurationSchema();

    /**
     * Makes the provider. Opens no connection before {@link Provider#refresh()}.
     *
     * @param section the section, valid against the schema
     * @throws ChartreuseException where the section contradicts itself or a secret cannot be resolved
     */
    Provider create(JsonNode section, Context context);
}
