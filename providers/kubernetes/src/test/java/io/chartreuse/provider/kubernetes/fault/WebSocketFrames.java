package io.chartreuse.provider.kubernetes.fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The part of RFC 6455 that a server needs to send one message. */
final class WebSocketFrames {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketFrames() {}

    /** The answer to a request that asks for a web socket. */
    static String handshake(Request request) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(request.header("Sec-WebSocket-Key")) + "\r\n\r\n";
    }

    /** A text that fits into one frame of less than 64 KiB. */
    static byte[] text(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(content.length + 4).put((byte) 0x81);
        if (content.length < 126) {
            frame.put((byte) content.length);
        } else {
            frame.put((byte) 126).putShort((short) content.length);
        }
        frame.put(content);
        byte[] exact = new byte[frame.position()];
        frame.flip().get(exact);
        return exact;
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
