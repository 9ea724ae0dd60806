package io.chartreuse.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.text.Sha256;

/** Documents as an attacker writes them who knows how digests are made. */
final class Resealed {

    private Resealed() {}

    /** The same state, said to be of another run. */
    static String as(State state, String run) {
        ObjectNode document = state.document().put("run", run);
        document.remove("digest");
        return document.put("digest", Sha256.of(CanonicalJson.write(document))).toString();
    }
}
