package io.chartreuse.provider.postgres.flyway;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** Finds where a text is invalid in its encoding. */
final class UndecodableLine {

    private static final int PIECE = 8192;

    private UndecodableLine() {}

    /** The first line, counted from 1, with bytes that are invalid in that encoding; empty where all are valid. */
    static Optional<Integer> find(byte[] text, Charset encoding) {
        CharsetDecoder decoder = encoding.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(text);
        CharBuffer characters = CharBuffer.allocate(PIECE);
        int line = 1;
        while (true) {
            CoderResult result = decoder.decode(bytes, characters, true);
            characters.flip();
            line += (int)
                    characters.chars().filter(character -> character == '\n').count();
            if (result.isError()) {
                return Optional.of(line);
            }
            if (result.isUnderflow()) {
                return Optional.empty();
            }
            characters.clear();
        }
    }
}
