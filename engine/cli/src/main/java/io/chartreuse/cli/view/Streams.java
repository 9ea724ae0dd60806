package io.chartreuse.cli.view;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where the process reads and writes.
 *
 * @param terminals which of the three are terminals: 0 input, 1 output, 2 errors
 * @param unicode   whether what shows the output knows more than ASCII
 * @param lost      asked when all is written: why some of the results could not be
 */
public record Streams(
        PrintWriter out,
        PrintWriter err,
        BufferedReader in,
        Set<Integer> terminals,
        boolean unicode,
        Supplier<Optional<IOException>> lost) {

    public static final int IN = 0;
    public static final int OUT = 1;
    public static final int ERR = 2;

    /** The launcher knows which streams are terminals; Java 17 cannot ask for each. */
    private static final String TERMINALS = "chartreuse.terminals";

    public Streams {
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
        Objects.requireNonNull(in, "in");
        terminals = Set.copyOf(terminals);
        Objects.requireNonNull(lost, "lost");
    }

    /** Of writers that never fail. */
    public Streams(PrintWriter out, PrintWriter err, BufferedReader in, Set<Integer> terminals, boolean unicode) {
        this(out, err, in, terminals, unicode, Optional::empty);
    }

    /** Over streams of bytes, whose failures are kept. */
    public static Streams over(
            OutputStream out,
            OutputStream err,
            InputStream in,
            Charset written,
            Set<Integer> terminals,
            boolean unicode) {
        WatchedOutput results = new WatchedOutput(out);
        return new Streams(
                writer(results, written),
                writer(new WatchedOutput(err), written),
                new BufferedReader(new InputStreamReader(in, written)),
                terminals,
                unicode,
                results::failure);
    }

    /** Those of this process. */
    public static Streams ofProcess() {
        Charset shown = charset();
        // What is not ASCII comes from users; even a console that claims to know no more mostly shows UTF-8.
        Charset written = shown.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : shown;
        return over(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new FileInputStream(FileDescriptor.in),
                written,
                terminals(System.getProperty(TERMINALS)),
                shown.equals(StandardCharsets.UTF_8));
    }

    private static PrintWriter writer(OutputStream stream, Charset charset) {
        return new PrintWriter(new OutputStreamWriter(stream, charset), true);
    }

    private static Charset charset() {
        Map<Object, Object> properties = System.getProperties();
        for (String name : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
            if (properties.get(name) instanceof String charset && Charset.isSupported(charset)) {
                return Charset.forName(charset);
            }
        }
        return Charset.defaultCharset();
    }

    /** Digits, as the launcher passes them; without a launcher a console means that input and output are terminals. */
    static Set<Integer> terminals(String passed) {
        if (passed == null) {
            return System.console() == null || Runtime.version().feature() > 21 ? Set.of() : Set.of(IN, OUT, ERR);
        }
        return Set.copyOf(passed.chars()
                .filter(c -> c >= '0' && c <= '2')
                .mapToObj(c -> c - '0')
                .distinct()
                .toList());
    }
}
