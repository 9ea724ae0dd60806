package io.chartreuse.core.store;

import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanReader;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/** Plans in files and as artifacts. */
public final class PlanFile {

    private PlanFile() {}

    /**
     * Writes the plan's document, whole or not at all.
     *
     * @throws ChartreuseException where the file cannot be written
     */
    public static void write(Plan plan, Path file) {
        NewFile.write(file, Json.pretty(plan.document()));
    }

    /**
     * Reads and checks a plan.
     *
     * @throws ChartreuseException where the file cannot be read or is not an unedited plan
     */
    public static Plan read(Path file) {
        try {
            return PlanReader.read(BoundedText.read(file), file.toString());
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(file, SharedDirectory.reason(e), e);
        }
    }

    private static ChartreuseException unreadable(Path file, String why, IOException e) {
        return new ChartreuseException(
                Diagnostic.error(
                                StoreError.UNREADABLE,
                                "plan file " + file + " cannot be read: " + why,
                                "Name a file that `chartreuse plan --out FILE` wrote.")
                        .at(Location.of(file.toString())),
                e);
    }

    /** The plan as a backend keeps it. */
    public static Artifact artifact(Plan plan) {
        return new Artifact(
                plan.id(),
                plan.release().name(),
                plan.formatVersion(),
                plan.createdAt(),
                plan.document().toString(),
                "");
    }
}
