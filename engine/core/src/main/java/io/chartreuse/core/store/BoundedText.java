package io.chartreuse.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that somebody else may have written: no more of them than memory bears. */
final class BoundedText {

    /** Plans shorten their SQL, runs their logs: none of ours comes near it. */
    static final int LARGEST = 64 * 1024 * 1024;

    private BoundedText() {}

    /**
     * The text of a file.
     *
     * @throws TooLarge                 where it is larger than anything that we write
     * @throws CharacterCodingException where it is not UTF-8
     */
    static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new TooLarge();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    /** Its message says why, for people. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1;

        TooLarge() {
            super("it is larger than " + LARGEST / (1024 * 1024) + " MiB");
        }
    }
}
