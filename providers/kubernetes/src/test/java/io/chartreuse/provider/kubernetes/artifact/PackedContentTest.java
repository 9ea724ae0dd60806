package io.chartreuse.provider.kubernetes.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedContentTest {

    @Test
    void smallContentStaysReadable() throws IOException {
        PackedContent packed = PackedContent.of("{\"é\": 1}");

        assertFalse(packed.compressed());
        assertEquals(1, packed.chunks().size());
        assertEquals("{\"é\": 1}", packed.unpack());
    }

    @Test
    void largerContentIsCompressed() throws IOException {
        String content = "x".repeat(PackedContent.PLAIN_LIMIT + 1);
        PackedContent packed = PackedContent.of(content);

        assertTrue(packed.compressed());
        assertEquals(1, packed.chunks().size());
        assertEquals(content, packed.unpack());
    }

    @Test
    void whatIsTooLargeEvenThenIsSplit() throws IOException {
        byte[] bytes = new byte[2 * PackedContent.CHUNK_LIMIT];
        new Random(1).nextBytes(bytes);
        String content = HexFormat.of().formatHex(bytes);
        PackedContent packed = PackedContent.of(content);

        assertTrue(packed.chunks().size() > 2);
        packed.chunks().forEach(chunk -> assertTrue(chunk.length <= PackedContent.CHUNK_LIMIT));
        assertEquals(content, packed.unpack());
    }
}
