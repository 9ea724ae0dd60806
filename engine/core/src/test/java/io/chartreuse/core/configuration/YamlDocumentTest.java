package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "yes | \"yes\"",
                "Off | \"Off\"",
                "22:22 | \"22:22\"",
                "2026-11-22 | \"2026-11-22\"",
                "1_000 | \"1_000\"",
                "0b11 | \"0b11\"",
                ".inf | \".inf\"",
                "1.2.3 | \"1.2.3\"",
                "'1' | \"1\"",
                "\"true\" | \"true\"",
                "!!str 12 | \"12\"",
                "True | true",
                "false | false",
                "~ | null",
                "Null | null",
                "12 | 12",
                "+12 | 12",
                "-7 | -7",
                "010 | 10",
                "0o17 | 15",
                "0xFF | 255",
                "4294967296 | 4294967296",
                "1.5 | 1.5",
                "6e2 | 600.0",
                "<< | \"<<\"",
            })
    void aPlainScalarIsWhatTheCoreSchemaSays(String yaml, String json) throws Exception {
        assertEquals(
                new ObjectMapper().readTree(json), read("a: " + yaml).root().get("a"));
    }

    @Test
    void whatStandsBehindNoColonIsNothing() {
        assertTrue(read("a:\nb: 1").root().get("a").isNull());
    }

    @Test
    void anAliasIsWhatItsAnchorNames() {
        JsonNode root = read("a: &x [1, 2]\nb: *x").root();

        assertEquals(root.get("a"), root.get("b"));
    }

    @Test
    void aMergeKeyAddsWhatTheMappingDoesNotSayItself() {
        JsonNode root = read("""
                base: &base {user: shop, role: owner, port: 1}
                more: &more {port: 2, host: pg}
                main: {<<: [*more, *base], role: reader}
                """).root();

        assertEquals(
                "{\"role\":\"reader\",\"port\":2,\"host\":\"pg\",\"user\":\"shop\"}",
                root.get("main").toString());
    }

    @Test
    void keysAndValuesKnowTheirPlaces() {
        LocatedDocument document = read("a:\n  - x\n  - b/c: 1\n");

        assertEquals("f.yaml:1:1 /a", document.key(JsonPointer.compile("/a")).toString());
        assertEquals(
                "f.yaml:2:5 /a/0", document.value(JsonPointer.compile("/a/0")).toString());
        assertEquals(
                "f.yaml:3:5 /a/1/b~1c",
                document.key(JsonPointer.compile("/a/1/b~1c")).toString());
        assertEquals(
                "f.yaml:3:10 /a/1/b~1c",
                document.value(JsonPointer.compile("/a/1/b~1c")).toString());
    }

    @Test
    void aValueThatIsNotThereIsPlacedAtItsNearestAncestor() {
        assertEquals(
                "f.yaml:2:3 /a/x/y",
                read("a:\n  b: 1\n").value(JsonPointer.compile("/a/x/y")).toString());
    }

    @Test
    void columnsCountWhatAPersonSeesAsCharacters() {
        assertEquals(
                "f.yaml:1:10 /b",
                read("{a: '🐘', b: 1}").key(JsonPointer.compile("/b")).toString());
    }

    @Test
    void jsonIsYamlToo() {
        assertEquals(
                Map.of("a", 1),
                new ObjectMapper().convertValue(read("{\"a\":1}").root(), Map.class));
    }

    private static LocatedDocument read(String text) {
        YamlDocument document = YamlDocument.parse("f.yaml", text).orElseThrow();
        assertEquals(0, document.problems().size(), () -> document.problems().toString());
        return document.located();
    }
}
