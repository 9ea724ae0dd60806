package io.chartreuse.cli.legacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What says the same today.
 *
 * @param configuration the new configuration; holds no password
 * @param text          the same as YAML, with comments on what was decided
 * @param passwords     the passwords that stood where references to them stand now, by the variables that these name
 * @param warnings      what is left to the user
 */
public record ConversionResult(
        ObjectNode configuration, String text, SortedMap<String, Secret> passwords, List<Diagnostic> warnings) {

    public ConversionResult {
        Objects.requireNonNull(text, "text");
        configuration = configuration.deepCopy();
        passwords = Collections.unmodifiableSortedMap(new TreeMap<>(passwords));
        warnings = List.copyOf(warnings);
    }
}
