package io.chartreuse.core.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.chartreuse.core.json.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretVariablesTest {

    @Test
    void referencesAreFoundAtAnyDepth() throws JsonProcessingException {
        assertEquals(
                Set.of("A", "B"),
                SecretVariables.in(List.of(
                        Json.read("{\"databases\": {\"main\": {\"password\": {\"env\": \"A\"}, \"url\": \"env\"}}}"),
                        Json.read("{\"probes\": [{\"password\": {\"env\": \"B\"}}, {\"file\": \"/c\"}]}"))));
    }
}
