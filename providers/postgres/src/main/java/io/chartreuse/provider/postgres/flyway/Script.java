package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.Sha256;
import java.io.IOException;
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
 * One file that takes part. Flyway reads it through this class, which refuses to hand out anything but the bytes that
 * were digested when the file was found.
 */
final class Script extends LoadableResource {

    private final Path file;
    private final String relativePath;
    private final String digest;
    private final Charset encoding;
    private final ScriptOptions options;
    private SoftReference<String> read;

    /**
     * @param encoding that it is in
     * @param options  what the {@code .conf} file beside it says
     * @param text     what was read when it was digested
     */
    Script(Path file, String relativePath, String digest, Charset encoding, ScriptOptions options, String text) {
        this.file = Objects.requireNonNull(file, "file");
        this.relativePath = Objects.requireNonNull(relativePath, "relativePath");
        this.digest = Objects.requireNonNull(digest, "digest");
        this.encoding = Objects.requireNonNull(encoding, "encoding");
        this.options = Objects.requireNonNull(options, "options");
        this.read = new SoftReference<>(text);
    }

    /** Where links lead; the file itself where that cannot be said. */
    Path realPath() {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    /** What the {@code .conf} file beside it says. */
    ScriptOptions options() {
        return options;
    }

    /** {@code sha256:…} of its bytes. */
    String digest() {
        return digest;
    }

    /** Its text, kept as long as there is room. @throws FlywayException where the file is no longer what it was */
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
                throw new FlywayException(file + " was changed while it was in use");
            }
            return encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public Reader read() {
        return new StringReader(text());
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
