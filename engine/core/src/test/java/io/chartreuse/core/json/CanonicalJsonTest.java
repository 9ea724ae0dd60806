package io.chartreuse.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 8785, and what it forbids. */
class CanonicalJsonTest {

    @Test
    void theExampleOfTheRfcIsWrittenAsTheRfcWritesIt() throws JsonProcessingException {
        String input = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""";
        assertEquals(
                "{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                CanonicalJson.write(Json.read(input)));
    }

    @Test
    void keysAreSortedByTheirCodeUnits() throws JsonProcessingException {
        String input = """
                {"\\u20ac": 1, "\\r": 2, "\\ufb33": 3, "1": 4, "\\ud83d\\ude00": 5, "\\u0080": 6, "\\u00f6": 7}""";
        assertEquals(
                "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}",
                CanonicalJson.write(Json.read(input)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000000",
        "0, 8000000000000000",
        "5e-324, 0000000000000001",
        "-5e-324, 8000000000000001",
        "1.7976931348623157e+308, 7fefffffffffffff",
        "9007199254740992, 4340000000000000",
        "295147905179352830000, 4430000000000000",
        "9.999999999999997e+22, 44b52d02c7e14af5",
        "1e+23, 44b52d02c7e14af6",
        "1.0000000000000001e+23, 44b52d02c7e14af7",
        "999999999999999700000, 444b1ae4d6e2ef4e",
        "1e+21, 444b1ae4d6e2ef50",
        "9.999999999999997e-7, 3eb0c6f7a0b5ed8c",
        "0.000001, 3eb0c6f7a0b5ed8d",
        "333333333.3333332, 41b3de4355555553",
        "333333333.33333325, 41b3de4355555554",
        "-0.0000033333333333333333, becbf647612f3696",
        "1424953923781206.2, 43143ff3c1cb0959"
    })
    void numbersAreWrittenAsEcmaScriptWritesThem(String expected, String bits) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertEquals(expected, CanonicalJson.write(DoubleNode.valueOf(number)));
    }

    @Test
    void whatJsonCannotSayIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(DoubleNode.valueOf(Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(TextNode.valueOf("\ud83d")));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(TextNode.valueOf("\ude00x")));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Json.read("9007199254740993")));
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWhenItIsRead() {
        assertThrows(JsonProcessingException.class, () -> Json.read("{\"a\": 1, \"a\": 2}"));
        assertThrows(JsonProcessingException.class, () -> Json.read("{} {}"));
    }
}
