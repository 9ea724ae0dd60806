package io.chartreuse.provider.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends texts to the server as they are: the driver would split them itself. */
final class SimpleQuery implements AutoCloseable {

    private static final int PROTOCOL = 3 << 16;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /**
     * What the server made of a text.
     *
     * @param values of all columns of all results, in order
     * @param tags   one a statement that was executed
     * @param error  SQLSTATE, where it was refused
     */
    record Answer(List<String> values, List<String> tags, Optional<String> error) {}

    SimpleQuery(int port, String database) throws IOException {
        socket = new Socket("127.0.0.1", port);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        ByteArrayOutputStream begin = new ByteArrayOutputStream();
        new DataOutputStream(begin).writeInt(PROTOCOL);
        for (String word : List.of("user", "postgres", "database", database, "client_encoding", "UTF8", "")) {
            begin.write(word.getBytes(StandardCharsets.UTF_8));
            begin.write(0);
        }
        out.writeInt(begin.size() + 4);
        out.write(begin.toByteArray());
        answer();
    }

    Answer execute(String sql) throws IOException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        out.writeByte('Q');
        out.writeInt(text.length + 5);
        out.write(text);
        out.writeByte(0);
        return answer();
    }

    private Answer answer() throws IOException {
        List<String> values = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        Optional<String> error = Optional.empty();
        for (char type = (char) in.readByte(); type != 'Z'; type = (char) in.readByte()) {
            byte[] body = in.readNBytes(in.readInt() - 4);
            switch (type) {
                case 'D' -> values.addAll(row(body));
                case 'C' -> tags.add(new String(body, 0, body.length - 1, StandardCharsets.UTF_8));
                case 'E' -> error = Optional.of(state(body));
                default -> error.ifPresent(code -> {});
            }
        }
        in.readNBytes(in.readInt() - 4);
        return new Answer(values, tags, error);
    }

    private static List<String> row(byte[] body) throws IOException {
        List<String> values = new ArrayList<>();
        try (DataInputStream row = new DataInputStream(new java.io.ByteArrayInputStream(body))) {
            int columns = row.readShort();
            for (int i = 0; i < columns; i++) {
                int length = row.readInt();
                values.add(length < 0 ? "null" : new String(row.readNBytes(length), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static String state(byte[] body) {
        for (String field : new String(body, StandardCharsets.UTF_8).split("\0")) {
            if (field.startsWith("C")) {
                return field.substring(1);
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
