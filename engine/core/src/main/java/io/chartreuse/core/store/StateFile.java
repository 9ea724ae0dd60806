package io.chartreuse.core.store;

import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateReader;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/** States in files. */
public final class StateFile {

    private StateFile() {}

    /**
     * Writes the state's document, whole or not at all.
     *
     * @throws ChartreuseException where the file cannot be written
     */
    public static void write(State state, Path file) {
        NewFile.write(file, Json.pretty(state.document()));
    }

    /**
     * Reads and checks a state.
     *
     * @throws ChartreuseException where the file cannot be read or is not an unedited state of the release
     */
    public static State read(Path file, Release release) {
        try {
            return StateReader.read(BoundedText.read(file), file.toString(), release);
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
                                "state file " + file + " cannot be read: " + why,
                                "Name a file that `chartreuse state --out FILE` wrote.")
                        .at(Location.of(file.toString())),
                e);
    }
}
