package io.chartreuse.cli.legacy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.configuration.LocatedDocument;
import io.chartreuse.core.configuration.SettingNames;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one database in the earlier YAML. What is wrong is noted with its place and answered with a stand-in,
 * so that all of it is found. Values are never quoted: a secret may stand in the wrong line.
 */
final class LegacyEntry {

    /** What YAML 1.1, which the earlier tool read, takes for truth; today's takes it for text. */
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");

    private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

    private final LocatedDocument document;
    private final JsonPointer place;
    private final List<Diagnostic> problems;

    /** @param problems takes what is wrong */
    LegacyEntry(LocatedDocument document, JsonPointer place, List<Diagnostic> problems) {
        this.document = document;
        this.place = place;
        this.problems = problems;
    }

    /** Text that must be there. */
    String text(String key) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty() && value(key).isMissingNode()) {
            problems.add(Diagnostic.error(
                            LegacyError.SETTING_MISSING,
                            setting(key) + " is missing",
                            "The earlier tool needed it too: write it.")
                    .at(document.key(place)));
        } else if (text.isEmpty() && (value(key).isNull() || value(key).asText().isEmpty())) {
            invalid(key, "is empty", "Write it.");
        }
        return text.orElse("");
    }

    String text(String key, String otherwise) {
        return optionalText(key).orElse(otherwise);
    }

    /** Empty where nothing stands there. Whole numbers are what they look like. */
    Optional<String> optionalText(String key) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            invalid(key, "is not text", "Put it in quotes.");
        }
        return Optional.of(value.asText()).filter(text -> !text.isEmpty());
    }

    boolean truth(String key, boolean otherwise) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        String word = value.asText().toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            invalid(key, "is neither true nor false", "Write true or false.");
        }
        return TRUE.contains(word);
    }

    /** A port; a stand-in if the value is not a port. */
    int port(String key) {
        String text = text(key);
        if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        if (!text.isEmpty()) {
            invalid(key, "is not a port", "Write a number from 1 to 65535.");
        }
        return DatabasePlace.USUAL_PORT;
    }

    /** Notes that the value cannot be what it is. */
    void invalid(String key, String what, String remedy) {
        JsonPointer pointer = place.appendProperty(key);
        problems.add(Diagnostic.error(LegacyError.SETTING_INVALID, setting(key) + " " + what, remedy)
                .at(document.value(pointer)));
    }

    private JsonNode value(String key) {
        return document.root().at(place).path(key);
    }

    private String setting(String key) {
        return SettingNames.setting(place.appendProperty(key));
    }
}
