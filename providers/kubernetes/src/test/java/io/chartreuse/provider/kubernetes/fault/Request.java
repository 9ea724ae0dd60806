package io.chartreuse.provider.kubernetes.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A request as it came in.
 *
 * @param method {@code PATCH}
 * @param target path and query
 * @param head   request line and headers, without the empty line
 * @param body   what came after it
 * @param nanos  the time on the clock of {@link System#nanoTime()}
 */
public record Request(String method, String target, String head, byte[] body, long nanos) {

    static Request read(InputStream in) throws IOException {
        String head = head(in);
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
        int length = Arrays.stream(head.split("\r\n"))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(header -> Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).trim()))
                .findFirst()
                .orElse(0);
        return new Request(line[0], line[1], head, in.readNBytes(length), System.nanoTime());
    }

    /** Whether it asks for a watch. */
    public boolean isWatch() {
        return target.contains("watch=true");
    }

    /** The same for the server behind the proxy: one request per connection, unless it becomes a web socket. */
    byte[] forUpstream(Upstream upstream) throws IOException {
        boolean upgrade = head.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket");
        String headers = Arrays.stream(head.split("\r\n"))
                .filter(header -> !header.regionMatches(true, 0, "host:", 0, 5))
                .filter(header -> upgrade || !header.regionMatches(true, 0, "connection:", 0, 11))
                .collect(Collectors.joining("\r\n"));
        String own = "\r\nHost: " + upstream.authority() + (upgrade ? "" : "\r\nConnection: close") + "\r\n\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((headers + own).getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        return out.toByteArray();
    }

    /** What stands in that header; empty where it is not there. */
    String header(String name) {
        return Arrays.stream(head.split("\r\n"))
                .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(header -> header.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    /** The first line and the headers of a request or an answer, without the empty line. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException();
            }
            head.append((char) read);
        }
        return head.substring(0, head.length() - 4) + "\r\n";
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
