package io.chartreuse.core.store;

import io.chartreuse.spi.text.BoundedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads files that another person or program may have written: no more of them than memory allows, in bounded time. */
final class BoundedText {

    /**
     * The largest file to read. Plans shorten their SQL and runs their logs, so Chartreuse's own files stay far below.
     * Several files of this size fit into memory.
     */
    static final int LARGEST = BoundedFile.fitting(64 * 1024 * 1024);

    private BoundedText() {}

    /**
     * The text of a file.
     *
     * @throws BoundedFile.TooLarge     where it is larger than anything that we write
     * @throws CharacterCodingException where it is not UTF-8
     */
    static String read(Path file) throws IOException {
        return of(BoundedFile.read(file, LARGEST));
    }

    /** The same of what was read. */
    static String of(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }
}
