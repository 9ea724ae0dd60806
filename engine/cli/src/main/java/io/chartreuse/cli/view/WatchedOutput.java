package io.chartreuse.cli.view;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Passes bytes on and keeps the first failure instead of throwing it: writers swallow it, and a command that cannot print
 * still has its work to do. Safe for use by several threads.
 */
final class WatchedOutput extends OutputStream {

    private final OutputStream target;
    private volatile IOException failure;

    WatchedOutput(OutputStream target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    /** Why something could not be written, where that was so. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            keep(e);
        }
    }

    @Override
    public synchronized void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            keep(e);
        }
    }

    private void keep(IOException e) {
        if (failure == null) {
            failure = e;
        }
    }
}
