package io.chartreuse.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDiffTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1}            | {"a":1}            | []
                    {"a":1}            | {"a":2}            | [{"op":"replace","path":"/a","value":2}]
                    {"a":1}            | {}                 | [{"op":"remove","path":"/a"}]
                    {}                 | {"a":null}         | [{"op":"add","path":"/a","value":null}]
                    {"b":{"c":1}}      | {"b":{"c":1,"d":2}}| [{"op":"add","path":"/b/d","value":2}]
                    {"b":{"c":1}}      | {"b":"paused"}     | [{"op":"replace","path":"/b","value":"paused"}]
                    {"l":[1,2]}        | {"l":[1]}          | [{"op":"replace","path":"/l","value":[1]}]
                    {"x/y":1,"m~n":1}  | {"x/y":2,"m~n":2}  | [{"op":"replace","path":"/m~0n","value":2},{"op":"replace","path":"/x~1y","value":2}]
                    """)
    void differencesAreOperationsSortedByPath(String before, String after, String expected)
            throws JsonProcessingException {
        assertEquals(
                expected,
                JsonDiff.between(Json.read(before), Json.read(after)).toString().replace(", ", ","));
    }
}
