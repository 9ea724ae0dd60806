package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.spi.text.BoundedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Content as it fits into ConfigMaps, of which each holds 1 MiB: as it is while that is small enough to be read with
 * kubectl, else compressed, else compressed and split. Pure.
 *
 * @param compressed whether the chunks are gzip
 * @param chunks     the bytes in order; one or more
 */
record PackedContent(boolean compressed, List<byte[]> chunks) {

    /** Above this size people no longer read the content with kubectl, and compression saves space in etcd. */
    static final int PLAIN_LIMIT = 256 * 1024;

    /** Below the limit of 1 MiB, with room for the keys and a margin. */
    static final int CHUNK_LIMIT = 960 * 1024;

    /** The largest content that Chartreuse packs. A few kilobytes of foreign gzip could hold gigabytes. */
    static final int LARGEST = BoundedFile.fitting(64 * 1024 * 1024);

    /** The most chunks that Chartreuse writes. */
    static final int MOST_CHUNKS = LARGEST / CHUNK_LIMIT + 1;

    PackedContent {
        chunks = List.copyOf(chunks);
        if (chunks.isEmpty()) {
            throw new IllegalArgumentException("packed content needs a chunk");
        }
    }

    static PackedContent of(String content) {
        byte[] plain = content.getBytes(StandardCharsets.UTF_8);
        return plain.length <= PLAIN_LIMIT
                ? new PackedContent(false, List.of(plain))
                : new PackedContent(true, split(compress(plain)));
    }

    /**
     * The content.
     *
     * @throws IOException where the chunks are not what was packed
     */
    String unpack() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        chunks.forEach(joined::writeBytes);
        return new String(compressed ? decompress(joined.toByteArray()) : joined.toByteArray(), StandardCharsets.UTF_8);
    }

    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> chunks = new ArrayList<>();
        for (int start = 0; start < bytes.length; start += CHUNK_LIMIT) {
            chunks.add(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + CHUNK_LIMIT)));
        }
        return chunks;
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] decompress(byte[] bytes) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] content = gzip.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException("more than " + LARGEST + " bytes come out of it");
            }
            return content;
        }
    }
}
