package io.chartreuse.core.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.spi.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private static final String PASSWORD = "p\"w ?d&/ä=+~*%";

    private final Redactor redactor = new Redactor();

    @Test
    void textWithoutSecretsStaysAsItIs() {
        assertEquals("main is ready", redactor.redact("main is ready"));
    }

    @Test
    void eachOccurrenceOfASecretIsMasked() {
        redactor.add(new Secret("hunter2"));

        assertEquals("(secret) and (secret)", redactor.redact("hunter2 and hunter2"));
    }

    @Test
    void aSecretOfLessThanFourCharactersIsLeftAlone() {
        redactor.add(new Secret("abc"));

        assertEquals("abcd", redactor.redact("abcd"));
    }

    @Test
    void eachLineOfASecretIsMasked() {
        redactor.add(new Secret("first-line\n  second-line\r\nx\n"));

        assertEquals("(secret), (secret), x", redactor.redact("first-line, second-line, x"));
    }

    @Test
    void aSecretInHexadecimalDigitsIsMasked() {
        redactor.add(new Secret("hunter2"));

        assertEquals("\\x(secret) (secret)", redactor.redact("\\x68756e74657232 68756E74657232"));
    }

    @Test
    void aSecretInAnotherCaseIsMasked() {
        redactor.add(new Secret("Hunter-Zwei"));

        assertEquals("(secret) (secret)", redactor.redact("HUNTER-ZWEI hunter-zwei"));
    }

    @Test
    void aSecretThatHoldsAnotherIsMaskedAsAWhole() {
        redactor.add(new Secret("hunter"));
        redactor.add(new Secret("hunter2-and-more"));

        assertEquals("(secret)", redactor.redact("hunter2-and-more"));
    }

    @Test
    void theMaskItselfIsNeverMasked() {
        redactor.add(new Secret("secret"));
        redactor.add(new Secret("hunter2"));

        assertEquals("(secret) (secret)", redactor.redact("hunter2 secret"));
    }

    @Test
    void charactersThatPatternsKnowMeanThemselves() {
        redactor.add(new Secret("a.*\\Eb$1"));

        assertEquals("(secret) axxb", redactor.redact("a.*\\Eb$1 axxb"));
    }

    @Test
    void aSecretInAUrlIsMasked() {
        redactor.add(new Secret(PASSWORD));
        String encoded = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);

        assertEquals("?password=(secret)", redactor.redact("?password=" + encoded));
        assertEquals("?password=(secret)", redactor.redact("?password=" + encoded.replace("+", "%20")));
        assertEquals("?password=(secret)", redactor.redact("?password=p%22w%20%3fd%26%2f%c3%a4%3d%2b%7e*%25"));
        assertEquals("?password=(secret)", redactor.redact("?password=p%22w%20%3Fd%26%2F%C3%A4%3D%2B~%2A%25"));
    }

    @Test
    void aSecretInJsonIsMasked() throws Exception {
        redactor.add(new Secret(PASSWORD + "\n"));

        String json = new ObjectMapper().writeValueAsString(PASSWORD + "\n");

        assertEquals("\"(secret)\"", redactor.redact(json));
    }

    @Test
    void aSecretInBase64IsMaskedWhereverItBegins() {
        redactor.add(new Secret("correct horse"));

        for (String user : new String[] {"", "u:", "us:", "use:"}) {
            byte[] credentials = (user + "correct horse").getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().encodeToString(credentials);
            String masked = redactor.redact("Basic " + encoded);

            assertFalse(masked.contains(encoded.substring(encoded.length() - 8)), masked);
        }
    }

    @Test
    void aShortSecretAloneInBase64IsMasked() {
        redactor.add(new Secret("abcd"));

        assertEquals("(secret)", redactor.redact("YWJjZA=="));
    }

    @Test
    void threadsMayAddWhileOthersRedact() {
        IntStream.range(0, 400).parallel().forEach(n -> {
            redactor.add(new Secret("hunter-" + n));
            assertEquals("(secret)", redactor.redact("hunter-" + n).substring(0, 8));
        });

        IntStream.range(0, 400).forEach(n -> assertEquals("(secret)", redactor.redact("hunter-" + n)));
    }
}
