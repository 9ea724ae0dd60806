package io.chartreuse.provider.postgres.flyway;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** Where a file is not written in the encoding that it should be. Pure. */
final class Undecodable {

    private static final int CHUNK = 8192;

    private Undecodable() {}

    /** The first line, from 1, with bytes that have no meaning in that encoding; empty where all have. */
    static Optional<Integer> line(byte[] bytes, Charset encoding) {
        CharsetDecoder decoder = encoding.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        int line = 1;
        CoderResult result;
        do {
            result = decoder.decode(in, out, true);
            line += lineEnds(out.flip());
            out.clear();
        } while (result.isOverflow());
        return result.isError() ? Optional.of(line) : Optional.empty();
    }

    private static int lineEnds(CharBuffer text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }
}
