package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The content of an SQL file.
 *
 * @param bytes           its size
 * @param digest          of its bytes
 * @param text            empty where it is too large to be kept
 * @param undecodableLine the first line, from 1, with bytes that are invalid in its encoding
 */
record FileContent(long bytes, String digest, Optional<String> text, Optional<Integer> undecodableLine) {

    /** A larger file is read in parts whenever it is needed. */
    private static final int LARGE = 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    static FileContent read(Path file, Charset encoding) throws IOException {
        return Files.size(file) > LARGE ? large(file, encoding) : small(Files.readAllBytes(file), encoding);
    }

    private static FileContent small(byte[] bytes, Charset encoding) {
        try {
            String text = encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new FileContent(bytes.length, Sha256.of(bytes), Optional.of(text), Optional.empty());
        } catch (CharacterCodingException e) {
            Optional<Integer> line = UndecodableLine.find(bytes, encoding);
            return new FileContent(bytes.length, Sha256.of(bytes), Optional.empty(), line.or(() -> Optional.of(1)));
        }
    }

    private static FileContent large(Path file, Charset encoding) throws IOException {
        Sha256.Stream digest = new Sha256.Stream();
        LineDecoder decoder = new LineDecoder(encoding.newDecoder());
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.add(buffer, 0, length);
                decoder.add(buffer, length);
            }
        }
        decoder.end();
        long bytes = digest.bytes();
        return new FileContent(bytes, digest.end(), Optional.empty(), decoder.broken);
    }

    /** Counts lines until bytes cannot be decoded. */
    private static final class LineDecoder {

        private final CharsetDecoder decoder;
        private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER + 16);
        private final CharBuffer characters = CharBuffer.allocate(BUFFER + 16);
        private int line = 1;
        private Optional<Integer> broken = Optional.empty();

        private LineDecoder(CharsetDecoder decoder) {
            this.decoder = decoder;
        }

        private void add(byte[] buffer, int length) {
            if (broken.isEmpty()) {
                bytes.put(buffer, 0, length);
                bytes.flip();
                decode(false);
                bytes.compact();
            }
        }

        private void end() {
            if (broken.isEmpty()) {
                bytes.flip();
                decode(true);
            }
        }

        private void decode(boolean end) {
            CoderResult result;
            do {
                result = decoder.decode(bytes, characters, end);
                characters.flip();
                while (characters.hasRemaining()) {
                    line += characters.get() == '\n' ? 1 : 0;
                }
                characters.clear();
            } while (result.isOverflow());
            if (result.isError()) {
                broken = Optional.of(line);
            }
        }
    }
}
