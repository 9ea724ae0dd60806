package io.chartreuse.spi.model;

import io.chartreuse.spi.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The SQL of a migration that is too large for a plan. The plan names its digest and its size; where the migrations are at
 * hand, it can be read piece by piece, as often as needed. Two are equal when they are the same SQL.
 */
public final class LargeSql {

    private final Optional<Source> source;
    private Optional<Extent> extent;

    private LargeSql(Optional<Source> source, Optional<Extent> extent) {
        this.source = source;
        this.extent = extent;
    }

    /** Reads SQL that is too large to hold in memory. */
    @FunctionalInterface
    public interface Source {

        /**
         * Passes on all of it, in order, the same each time.
         *
         * @throws ChartreuseException where it cannot be read, or is no longer what it was
         */
        void read(Pieces pieces);
    }

    /** Takes SQL in pieces of about 1 MiB. */
    @FunctionalInterface
    public interface Pieces {

        /** Takes whole statements. A piece that is much longer is one statement. */
        void statements(String sql);

        /** Takes rows of data that follow the {@code COPY} at the end of the piece before. */
        default void rows(String rows) {
            // a reader of statements ignores rows
        }
    }

    private record Extent(String digest, long bytes) {}

    /** SQL that can be read. Its digest and size are found by reading it, when they are first asked for. */
    public static LargeSql of(Source source) {
        return new LargeSql(Optional.of(source), Optional.empty());
    }

    /** SQL of which only the digest and the size are known. @param bytes of its UTF-8 text */
    public static LargeSql named(String digest, long bytes) {
        if (!digest.startsWith("sha256:") || bytes < 0) {
            throw new IllegalArgumentException("not the digest and size of a text: \"" + digest + "\", " + bytes);
        }
        return new LargeSql(Optional.empty(), Optional.of(new Extent(digest, bytes)));
    }

    /** The same with each piece changed by this function. */
    public LargeSql with(UnaryOperator<String> change) {
        return source.map(whole -> of(pieces -> whole.read(changed(pieces, change))))
                .orElse(this);
    }

    private static Pieces changed(Pieces pieces, UnaryOperator<String> change) {
        return new Pieces() {
            @Override
            public void statements(String sql) {
                pieces.statements(change.apply(sql));
            }

            @Override
            public void rows(String rows) {
                pieces.rows(change.apply(rows));
            }
        };
    }

    /** Whether {@link #read} can be called. */
    public boolean isReadable() {
        return source.isPresent();
    }

    /** See {@link Source#read}. @throws IllegalStateException where it is not readable */
    public void read(Pieces pieces) {
        source.orElseThrow(() -> new IllegalStateException("only the digest of this SQL is known"))
                .read(pieces);
    }

    /** {@code sha256:…} of its UTF-8 text. */
    public String digest() {
        return extent().digest();
    }

    /** The size of its UTF-8 text. */
    public long bytes() {
        return extent().bytes();
    }

    private synchronized Extent extent() {
        if (extent.isEmpty()) {
            Digesting digesting = new Digesting();
            read(digesting);
            extent = Optional.of(new Extent(digesting.digest.end(), digesting.digest.bytes()));
        }
        return extent.get();
    }

    private static final class Digesting implements Pieces {

        private final Sha256.Stream digest = new Sha256.Stream();

        @Override
        public void statements(String sql) {
            digest.add(sql.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void rows(String rows) {
            statements(rows);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LargeSql sql && extent().equals(sql.extent());
    }

    @Override
    public int hashCode() {
        return Objects.hash(extent());
    }

    @Override
    public String toString() {
        return "LargeSql[" + digest() + ", " + bytes() + " bytes]";
    }
}
