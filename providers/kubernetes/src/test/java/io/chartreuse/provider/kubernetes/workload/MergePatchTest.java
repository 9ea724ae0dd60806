package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class MergePatchTest {

    @Test
    void whatTheTargetLacksIsSetToNullAtAnyDepth() throws JsonProcessingException {
        assertEquals(
                json("{'a': {'gone': null, 'changed': 2}, 'b': null, 'new': [1]}"),
                MergePatch.between(
                        json("{'a': {'gone': 1, 'changed': 1, 'same': {'x': 1}}, 'b': 1}"),
                        json("{'a': {'changed': 2, 'same': {'x': 1}}, 'new': [1]}")));
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
