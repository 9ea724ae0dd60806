package io.chartreuse.spi.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as plans write them: {@code sha256:} and 64 lower-case hexadecimal digits. */
public final class Sha256 {

    private Sha256() {}

    /** The digest of these bytes. */
    public static String of(byte[] bytes) {
        Stream stream = new Stream();
        stream.add(bytes);
        return stream.end();
    }

    /** The digest of the text's UTF-8 bytes. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of what comes in pieces. Not for use by several threads. */
    public static final class Stream {

        private final MessageDigest digest;
        private long bytes;

        public Stream() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        private Stream(MessageDigest digest, long bytes) {
            this.digest = digest;
            this.bytes = bytes;
        }

        /** Another stream that was given the same so far. */
        public Stream copy() {
            try {
                return new Stream((MessageDigest) digest.clone(), bytes);
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("this Java platform cannot copy a SHA-256 that is under way", e);
            }
        }

        /** Adds these bytes. */
        public void add(byte[] more) {
            add(more, 0, more.length);
        }

        /** Adds so many of these bytes. */
        public void add(byte[] more, int offset, int length) {
            digest.update(more, offset, length);
            bytes += length;
        }

        /** How many were added. */
        public long bytes() {
            return bytes;
        }

        /** The digest of all that was added. Begins anew. */
        public String end() {
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        }
    }
}
