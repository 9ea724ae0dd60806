package io.chartreuse.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.text.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemovalDigestsTest {

    private static ObjectNode removal(int number) {
        return Json.object()
                .put("run", "r" + number)
                .put("digest", "sha256:" + number)
                .put("by", "Zoë \"ops\"");
    }

    private static ObjectNode record(String others, int removals) throws Exception {
        ObjectNode document = (ObjectNode) Json.read(others);
        for (int i = 0; i < removals; i++) {
            document.withArray("removals").add(removal(i));
        }
        return document;
    }

    /** As it is promised: the digest of the canonical form of each. */
    private static List<String> oneByOne(String others, int removals) throws Exception {
        List<String> digests = new ArrayList<>();
        for (int left = removals; left >= 0; left--) {
            digests.add(Sha256.of(CanonicalJson.write(record(others, left))));
        }
        return digests;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"planId\":\"p\",\"startedAt\":\"now\",\"état\":[1.0,{\"a\":null}]}",
                "{\"id\":\"a\",\"entries\":[]}",
                "{\"state\":\"s\",\"removalsOfAnotherVersion\":[{}]}",
                "{}"
            })
    void eachIsThatOfTheRecordAsItWasThen(String others) throws Exception {
        for (int removals = 0; removals < 4; removals++) {
            assertEquals(
                    oneByOne(others, removals),
                    new RemovalDigests(record(others, removals)).newestFirst(),
                    others + " with " + removals);
        }
    }

    @Test
    void aSignatureIsNoPartOfThem() throws Exception {
        String others = "{\"id\":\"a\",\"startedAt\":\"now\"}";
        ObjectNode signed = record(others, 2).put("signature", "s");
        assertEquals(oneByOne(others, 2), new RemovalDigests(signed).newestFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"removals\":[]}", "{\"removals\":\"none\"}", "{\"removals\":{\"a\":1}}"})
    void aRecordWithoutAListOfRemovalsHasOne(String document) throws Exception {
        ObjectNode record = (ObjectNode) Json.read(document);
        assertEquals(List.of(Sha256.of(CanonicalJson.write(record))), new RemovalDigests(record).newestFirst());
    }

    @Test
    void tenTimesAsManyRemovalsCostTenTimesTheWork() throws Exception {
        String others = "{\"entries\":[\"" + "e".repeat(1000) + "\"],\"id\":\"a\",\"startedAt\":\"now\"}";
        long few = hashed(others, 200);
        long many = hashed(others, 2000);
        assertTrue(many < 11 * few, few + " bytes were hashed for 200 removals, " + many + " for 2000");
    }

    private static long hashed(String others, int removals) throws Exception {
        RemovalDigests digests = new RemovalDigests(record(others, removals));
        assertEquals(removals + 1, digests.newestFirst().size());
        return digests.hashed();
    }

    @Test
    void noRemovalIsReadAgainForEachThatCameAfterIt() throws Exception {
        AtomicLong reads = new AtomicLong();
        ObjectNode document = record("{\"id\":\"a\"}", 0);
        ArrayNode removals = document.putArray("removals");
        int count = 300;
        for (int i = 0; i < count; i++) {
            removals.add(removal(i).set("by", new CountedText(reads)));
        }
        assertEquals(count + 1, RunDocument.digests(document).size());
        assertTrue(reads.get() <= 2L * count, reads + " reads of " + count + " removals");
    }

    private static final class CountedText extends TextNode {

        private static final long serialVersionUID = 1;

        private final transient AtomicLong reads;

        CountedText(AtomicLong reads) {
            super("ada");
            this.reads = reads;
        }

        @Override
        public String textValue() {
            reads.incrementAndGet();
            return super.textValue();
        }
    }
}
