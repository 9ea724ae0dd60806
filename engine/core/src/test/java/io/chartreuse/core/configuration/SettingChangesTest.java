package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.json.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which setting changed between two configurations, as a plan can tell it without holding their values. */
class SettingChangesTest {

    private static final ConfigurationSchema SCHEMA = new ConfigurationSchema(Map.of("store", """
            {"type": "object", "properties": {"shelves": {"type": "object", "additionalProperties": {
               "type": "object", "additionalProperties": false, "properties": {
                 "url": {"type": "string"},
                 "level": {"type": "integer", "default": 3},
                 "password": {"$ref": "https://chartreuse.io/schemas/secret.schema.json"},
                 "words": {"type": "object", "additionalProperties": {"type": "string", "writeOnly": true}},
                 "moves": {"oneOf": [
                   {"type": "object", "properties": {"by": {"const": "hand"}, "goal": {"type": "string"}}},
                   {"type": "object", "properties": {"by": {"const": "cart"}, "extra": {"type": "array", "writeOnly": true}}}]}
            }}}}}
            """));

    private static Configuration load(String shelf) {
        String text = "version: 1\nrelease: shop\nbackend: file\nstore: {shelves: {top: {" + shelf + "}}}\n";
        return new ConfigurationLoader(SCHEMA).load(new ConfigurationText("shop.yaml", text, Path.of("/")));
    }

    private static String said(String then, String now) {
        return SettingChanges.said(load(then).settings(), load(now).settings());
    }

    @Test
    void theSettingIsNamedByItsPath() {
        assertEquals("store.shelves.top.url was changed", said("url: a", "url: b"));
        assertEquals("store.shelves.top.url was added", said("level: 4", "level: 4, url: b"));
        assertEquals("store.shelves.top.level was removed", said("level: 4, url: b", "url: b"));
        assertEquals(
                "store.shelves.top.moves.goal was changed",
                said("moves: {by: hand, goal: '7'}", "moves: {by: hand, goal: '8'}"));
        assertEquals(
                "store.shelves.top.password.env was changed", said("password: {env: ONE}", "password: {env: OTHER}"));
    }

    @Test
    void severalAreNamedAndManyAreCounted() {
        String many = "words: {a: '1', b: '1', c: '1', d: '1', e: '1', f: '1'}, url: x";
        assertTrue(said("level: 4", many).contains("store.shelves.top.level was removed"), said("level: 4", many));
        assertTrue(said("words: {}", many).endsWith(" and 2 more"), said("words: {}", many));
    }

    @Test
    void writingADefaultOutChangesNothing() {
        assertEquals(load("url: a").settings(), load("url: a, level: 3").settings());
        assertEquals(load("url: a").digest(), load("url: a, level: 3").digest());
    }

    @Test
    void whatMayHoldASecretHasNoDigest() {
        Configuration one = load("words: {pin: '1234'}, moves: {by: cart, extra: ['1234']}");
        Configuration other = load("words: {pin: '4321'}, moves: {by: cart, extra: ['4321']}");

        assertEquals(one.settings(), other.settings());
        assertNotEquals(one.digest(), other.digest());
        assertEquals(
                "plans hold nothing to compare of store.shelves.top.moves.extra, store.shelves.top.words.pin",
                SettingChanges.said(one.settings(), other.settings()));
    }

    @Test
    void aDigestIsTooShortToTellWhichOfManyValuesItWas() {
        String url = load("url: a").settings().at("/store/shelves/top/url").asText();
        assertTrue(url.matches("[0-9a-f]{8}"), url);
    }

    @Test
    void aPlanOfAnOlderVersionNamesNothing() {
        assertEquals("", SettingChanges.said(Json.object(), load("url: a").settings()));
    }

    @Test
    void namesFromAPlanAreShownHarmlessly() {
        String said = SettingChanges.said(
                Json.object().put("evil\u001b[2Jname", "1f0c2a9b"),
                load("url: a").settings());
        assertFalse(said.contains("\u001b"), said);
    }
}
