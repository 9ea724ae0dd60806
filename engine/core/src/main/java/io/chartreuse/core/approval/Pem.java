package io.chartreuse.core.approval;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.BoundedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of PEM. Never tells what is in it.
 *
 * @param label {@code PUBLIC KEY}, {@code PRIVATE KEY}
 */
record Pem(String label, byte[] content) {

    /** Larger files are no keys; they are not read. */
    private static final int LARGEST = 64 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /**
     * The only block of this text.
     *
     * @param source where it comes from, for messages
     * @throws ChartreuseException if the text has no block, or several
     */
    static Pem of(String text, String source) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw unusable(source + " is not a key in PEM", "It begins with -----BEGIN and ends with -----END.");
        }
        Pem pem = new Pem(block.group(1), content(block.group(2), source));
        if (block.find()) {
            throw unusable(source + " holds more than one block of PEM", "Write each key by itself.");
        }
        return pem;
    }

    /** @throws ChartreuseException where the file cannot be read as text */
    static String read(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unusable(file + " cannot be read as text", "Name the right file.");
        }
    }

    /** @throws ChartreuseException if the file cannot be read, or is too large for a key or a signature */
    static byte[] bytes(Path file) {
        try {
            return BoundedFile.read(file, LARGEST);
        } catch (BoundedFile.TooLarge e) {
            throw unusable(file + " is too large for a key or a signature", "Name the right file.");
        } catch (NoSuchFileException absent) {
            throw unusable(file + " does not exist", "Name the right file.");
        } catch (FileSystemException e) {
            throw unusable(
                    file + " cannot be read" + (e.getReason() == null ? "" : ": " + e.getReason()),
                    "Name a file that the user that runs Chartreuse may read.");
        } catch (IOException e) {
            throw unusable(file + " cannot be read", "Make it readable for the user that runs Chartreuse.");
        }
    }

    private static byte[] content(String base64, String source) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw unusable(source + " is damaged PEM", "Write the key anew.");
        }
    }

    static ChartreuseException unusable(String summary, String remedy) {
        return new ChartreuseException(Diagnostic.error(ApprovalError.KEY_UNUSABLE, summary, remedy));
    }

    /** Not what is in it. */
    @Override
    public String toString() {
        return label;
    }
}
