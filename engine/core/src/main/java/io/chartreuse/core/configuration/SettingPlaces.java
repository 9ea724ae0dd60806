package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.List;
import java.util.Optional;

/** Finds the settings that providers complain about in the user's file: they know the path, not the line. */
public final class SettingPlaces {

    private SettingPlaces() {}

    /** The same problems, those of settings with file, line and column. */
    public static ChartreuseException located(ConfigurationText text, ChartreuseException refused) {
        Optional<LocatedDocument> document = YamlDocument.parse(text).map(YamlDocument::located);
        List<Diagnostic> problems = refused.diagnostics().stream()
                .map(problem -> document.map(found -> located(found, problem)).orElse(problem))
                .toList();
        return new ChartreuseException(problems, refused);
    }

    private static Diagnostic located(LocatedDocument document, Diagnostic problem) {
        return problem.location()
                .filter(place -> place.file().isEmpty())
                .map(Location::path)
                .map(path -> problem.at(document.value(JsonPointer.compile(path))))
                .orElse(problem);
    }
}
