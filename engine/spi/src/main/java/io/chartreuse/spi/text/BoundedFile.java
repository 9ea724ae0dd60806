package io.chartreuse.spi.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads files that another person or program has made, within bounds: no more bytes than are asked for, and no endless
 * wait. A pipe (process substitution, {@code /dev/stdin}) or a device may be read, as long as its end comes soon.
 */
public final class BoundedFile {

    /** Long enough for a command that fetches a secret. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** By absolute path. One map for the process: the files of one command line. */
    private static final Map<Path, byte[]> FIXED = new ConcurrentHashMap<>();

    /** So much of the heap may one document take as it is read: what is made of it takes several times as much. */
    private static final int SHARE_OF_HEAP = 12;

    private BoundedFile() {}

    /**
     * How many bytes of a file from elsewhere are read into memory: no more than these, and fewer if the heap is small.
     */
    public static int fitting(int largest) {
        return (int) Math.min(largest, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /**
     * From now on this is the file's content for this process, whatever becomes of the file: what was compared with a digest is
     * what is used.
     */
    public static void fix(Path file, byte[] content) {
        FIXED.put(place(file), content.clone());
    }

    private static Path place(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /**
     * The content of a file.
     *
     * @throws TooLarge    where there is more of it
     * @throws IOException where it cannot be read; the reason of a {@link FileSystemException} says why, for people
     */
    public static byte[] read(Path file, int largest) throws IOException {
        return read(file, largest, PATIENCE);
    }

    /** @param patience how long the end of what is no plain file is waited for */
    public static byte[] read(Path file, int largest, Duration patience) throws IOException {
        byte[] fixed = FIXED.get(place(file));
        if (fixed != null) {
            return bounded(fixed.clone(), largest);
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        return Files.isRegularFile(file) ? plain(file, largest) : soon(file, largest, patience);
    }

    private static byte[] plain(Path file, int largest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, largest);
        }
    }

    /** What is left of a file that is open. @throws TooLarge where there is more of it */
    public static byte[] read(InputStream open, int largest) throws IOException {
        return bounded(open.readNBytes(largest + 1), largest);
    }

    private static byte[] bounded(byte[] bytes, int largest) throws TooLarge {
        if (bytes.length > largest) {
            throw new TooLarge(largest);
        }
        return bytes;
    }

    /**
     * Opening a pipe without a writer blocks in the kernel, where no interrupt reaches it; so a thread of its own opens
     * it.
     */
    private static byte[] soon(Path file, int largest, Duration patience) throws IOException {
        CompletableFuture<byte[]> content = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        content.complete(plain(file, largest));
                    } catch (IOException | RuntimeException e) {
                        content.completeExceptionally(e);
                    }
                },
                "read " + file);
        thread.setDaemon(true);
        thread.start();
        try {
            return content.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "it is a pipe or a device, and its end did not come within " + DurationText.of(patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileSystemException(file.toString(), null, "the reading was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new FileSystemException(
                    file.toString(), null, String.valueOf(e.getCause().getMessage()));
        }
    }

    /** The file has more bytes than anything that belongs there. Its message says so, for people. */
    public static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1;
        private static final int KILO = 1024;

        TooLarge(int largest) {
            super("it is larger than "
                    + (largest >= KILO * KILO ? largest / (KILO * KILO) + " MiB" : largest / KILO + " KiB"));
        }
    }
}
