package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.text.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * One SQL file. Flyway reads it through this class, which refuses to return other bytes than those that were digested
 * when the file was found.
 */
final class Script extends LoadableResource {

    private final Path file;
    private final String relativePath;
    private final String digest;
    private final Charset encoding;
    private final ScriptOptions options;
    private final boolean large;
    private final long bytes;
    private SoftReference<String> read;

    /**
     * @param content  as it was found
     * @param encoding of its text
     * @param options  of the {@code .conf} file beside it
     */
    Script(Path file, String relativePath, FileContent content, Charset encoding, ScriptOptions options) {
        this.file = Objects.requireNonNull(file, "file");
        this.relativePath = Objects.requireNonNull(relativePath, "relativePath");
        this.bytes = content.bytes();
        this.digest = content.digest();
        this.encoding = Objects.requireNonNull(encoding, "encoding");
        this.options = Objects.requireNonNull(options, "options");
        this.large = content.text().isEmpty();
        this.read = new SoftReference<>(content.text().orElse(null));
    }

    /** The size of the file. */
    long bytes() {
        return bytes;
    }

    /** Whether it is too large to be kept in memory: then it is read in parts. */
    boolean isLarge() {
        return large;
    }

    /** The path with links resolved; the file itself where that fails. */
    Path realPath() {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    /** The options in the {@code .conf} file beside it. */
    ScriptOptions options() {
        return options;
    }

    /** {@code sha256:…} of its bytes. */
    String digest() {
        return digest;
    }

    /** Its text, kept as long as there is room. @throws FlywayException where the file has changed */
    synchronized String text() {
        String kept = read.get();
        if (kept == null) {
            kept = readText();
            read = new SoftReference<>(kept);
        }
        return kept;
    }

    private String readText() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (!Sha256.of(bytes).equals(digest)) {
                throw changed();
            }
            return encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private FlywayException changed() {
        return new FlywayException(file + " was changed while it was in use");
    }

    /** Its text. Throws a {@link FlywayException} before its end where a large file has changed. */
    @Override
    public Reader read() {
        if (!large) {
            return new StringReader(text());
        }
        try {
            return new InputStreamReader(new DigestedStream(Files.newInputStream(file)), encoding.newDecoder());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Makes Flyway parse such a file again when it executes it, so that it keeps no statements in memory. */
    @Override
    public boolean shouldStream() {
        return large;
    }

    /** @throws FlywayException where the file has changed */
    void verify() {
        try (InputStream in = new DigestedStream(Files.newInputStream(file))) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Refuses to end where the bytes differ from those that were digested. */
    private final class DigestedStream extends FilterInputStream {

        private final Sha256.Stream read = new Sha256.Stream();
        private boolean ended;

        DigestedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                read.add(buffer, offset, count);
            } else if (count < 0 && !ended) {
                ended = true;
                if (!read.end().equals(digest)) {
                    throw changed();
                }
            }
            return count;
        }
    }

    @Override
    public String getAbsolutePath() {
        return file.toString();
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return file.toString();
    }

    @Override
    public String getFilename() {
        return file.getFileName().toString();
    }

    @Override
    public String getRelativePath() {
        return relativePath;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Script script && file.equals(script.file) && digest.equals(script.digest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, digest);
    }
}
