package io.chartreuse.core.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.Location;
import java.util.Optional;

/** Reads a state that comes from outside and believes nothing: form, format, digest and release are checked first. */
public final class StateReader {

    private static final String AGAIN = "Write it anew with `chartreuse state --out FILE`.";
    private static final String RECORD_AGAIN =
            "Find out who may write to the backend and did. The next run records anew.";

    private final String source;

    private StateReader(String source) {
        this.source = source;
    }

    /**
     * Reads a state.
     *
     * @param source where it comes from, for messages
     * @throws ChartreuseException where it is malformed, of another major format, edited, or of another release
     */
    public static State read(String text, String source, Release release) {
        StateReader reader = new StateReader(source);
        ObjectNode document = reader.parse(text);
        reader.checkFormat(document);
        reader.checkDigest(document);
        State state = reader.state(document);
        reader.checkRelease(state, release);
        return state;
    }

    /**
     * Reads what the last run recorded.
     *
     * @throws ChartreuseException where it is no state of this release, or cannot be read
     */
    public static Optional<State> read(StateStore store, Release release) {
        return store.read().map(artifact -> stored(artifact, release));
    }

    /** A state that Chartreuse stored is not for the user to fix. */
    static State stored(Artifact artifact, Release release) {
        try {
            return read(artifact.content(), "the state on record", release);
        } catch (ChartreuseException e) {
            Diagnostic why = e.diagnostics().get(0);
            throw new ChartreuseException(Diagnostic.error(StateError.BROKEN, why.summary(), RECORD_AGAIN), e);
        }
    }

    private ObjectNode parse(String text) {
        try {
            JsonNode document = Json.read(text);
            if (document.isObject() && document.has("formatVersion") && document.has("resources")) {
                return (ObjectNode) document;
            }
        } catch (JsonProcessingException e) {
            throw failure(
                    StateError.MALFORMED,
                    source + " is not a whole state: it is not valid JSON (is it truncated?)",
                    AGAIN);
        }
        throw failure(
                StateError.MALFORMED,
                source + " is not a state: it is JSON without formatVersion and resources",
                AGAIN);
    }

    private void checkFormat(ObjectNode document) {
        String version = document.path("formatVersion").asText();
        if (!version.matches("1\\.[0-9]+")) {
            throw failure(
                    StateError.UNKNOWN_FORMAT,
                    source + " has state format " + SafeText.plain(version) + "; this version of Chartreuse reads 1.x",
                    AGAIN);
        }
    }

    private void checkDigest(ObjectNode document) {
        String claimed = document.path("digest").asText("(none)");
        String actual = digest(document);
        if (!claimed.equals(actual)) {
            throw failure(
                    StateError.EDITED,
                    source + " was changed after it was written: its digest is " + SafeText.plain(claimed)
                            + ", its content gives " + actual,
                    AGAIN);
        }
    }

    private String digest(ObjectNode document) {
        try {
            return StateDocument.digest(document);
        } catch (IllegalArgumentException e) {
            throw failure(StateError.MALFORMED, source + " is not a state: it holds " + e.getMessage(), AGAIN);
        }
    }

    private State state(ObjectNode document) {
        try {
            return StateDocument.read(document);
        } catch (IllegalArgumentException e) {
            throw failure(StateError.MALFORMED, source + " is not a state: " + e.getMessage(), AGAIN);
        }
    }

    private void checkRelease(State state, Release release) {
        if (!state.release().equals(release)) {
            throw failure(
                    StateError.OTHER_RELEASE,
                    source + " is of release " + SafeText.plain(state.release().toString()) + ", not of " + release,
                    "Name the configuration that it was written with (--config), or another state.");
        }
    }

    private ChartreuseException failure(ErrorCode code, String summary, String remedy) {
        return new ChartreuseException(Diagnostic.error(code, summary, remedy).at(Location.of(source)));
    }
}
