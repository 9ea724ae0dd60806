package io.chartreuse.core.secret;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.text.BoundedFile;
import io.chartreuse.spi.text.DurationText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Secrets of the environment, of files and of programs. What it resolves is known to the redactor before anyone else sees it. */
public final class ReferencedSecrets implements Secrets {

    /** What is larger is another file. */
    private static final int LARGEST = 1024 * 1024;

    private final Map<String, String> environment;
    private final Path directory;
    private final Redactor redactor;
    private final Set<String> variables;

    /**
     * @param environment the process environment, injected for tests
     * @param directory   where relative paths start
     * @param redactor    receives each secret
     */
    public ReferencedSecrets(Map<String, String> environment, Path directory, Redactor redactor) {
        this(environment, directory, redactor, Set.of());
    }

    /** @param variables see {@link Secrets#variables()} */
    public ReferencedSecrets(
            Map<String, String> environment, Path directory, Redactor redactor, Set<String> variables) {
        this.environment = Map.copyOf(environment);
        this.directory = Objects.requireNonNull(directory, "directory");
        this.redactor = Objects.requireNonNull(redactor, "redactor");
        this.variables = Set.copyOf(variables);
    }

    @Override
    public Set<String> variables() {
        return variables;
    }

    @Override
    public Secret resolve(JsonNode reference) {
        Secret secret = new Secret(longEnough(text(reference), reference));
        redactor.add(secret);
        PasswordsInUrl.in(secret.reveal()).forEach(redactor::add);
        return secret;
    }

    /** What is shorter stands in too many words to be masked. */
    private static String longEnough(String secret, JsonNode reference) {
        if (secret.length() < Redactor.SHORTEST) {
            String source = reference.fieldNames().next();
            throw failure(
                    SecretError.SECRET_TOO_SHORT,
                    "the secret from " + source
                            + (reference.path(source).isTextual()
                                    ? " " + reference.path(source).textValue()
                                    : "")
                            + " has fewer than " + Redactor.SHORTEST
                            + " characters: it could not be kept out of logs and records",
                    "Choose a longer one.");
        }
        return secret;
    }

    private String text(JsonNode reference) {
        if (reference.path("env").isTextual()) {
            return variable(reference.get("env").textValue());
        }
        if (reference.path("file").isTextual()) {
            return file(reference.get("file").textValue());
        }
        if (reference.path("command").isObject()) {
            return command(reference.get("command"));
        }
        // The schema admits nothing else. The message does not show the value: it may be a secret.
        throw new IllegalArgumentException("not a reference to a secret");
    }

    private String command(JsonNode command) {
        List<String> words = new ArrayList<>();
        command.path("run").forEach(word -> words.add(word.asText()));
        String timeout = command.path("timeout").asText("10s");
        return new SecretCommand(words, DurationText.parse(timeout), directory, withoutSecrets()).run(redactor);
    }

    /** A program gets none of Chartreuse's secrets: it has its own credentials, and no setting refers to them. */
    private Map<String, String> withoutSecrets() {
        Map<String, String> rest = new HashMap<>(environment);
        rest.keySet().removeAll(variables);
        return rest;
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw failure(
                    SecretError.SECRET_MISSING,
                    "the environment variable " + name + " is not set; a secret is to be read from it",
                    "Set it where chartreuse runs.");
        }
        if (value.isEmpty()) {
            throw failure(
                    SecretError.SECRET_EMPTY,
                    "the environment variable " + name + " is empty; a secret is to be read from it",
                    "Set it to the secret.");
        }
        return value;
    }

    private String file(String name) {
        String value = withoutLineEnd(content(name));
        if (value.isEmpty()) {
            throw failure(
                    SecretError.SECRET_EMPTY,
                    "the file " + name + " is empty; a secret is to be read from it",
                    "Write the secret into it.");
        }
        return value;
    }

    private String content(String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(BoundedFile.read(directory.resolve(name), LARGEST)))
                    .toString();
        } catch (NoSuchFileException | InvalidPathException e) {
            throw failure(
                    SecretError.SECRET_MISSING,
                    "the file " + name + " does not exist; a secret is to be read from it",
                    "Mount or write it, or correct the path; a relative one starts at " + directory + ".");
        } catch (CharacterCodingException e) {
            throw failure(
                    SecretError.SECRET_UNREADABLE,
                    "the file " + name + " is not UTF-8 text; a secret is to be read from it",
                    "Write the secret as UTF-8 text.");
        } catch (IOException e) {
            String why = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
            throw failure(
                    SecretError.SECRET_UNREADABLE,
                    "the file " + name + " cannot be read" + (why == null ? "" : " (" + why + ")")
                            + "; a secret is to be read from it",
                    "Let the user that runs chartreuse read it; it must be a file, or a pipe that ends.");
        }
    }

    private static String withoutLineEnd(String text) {
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        return text.substring(0, end > 0 && end < text.length() && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    static ChartreuseException failure(SecretError code, String summary, String remedy) {
        return new ChartreuseException(Diagnostic.error(code, summary, remedy));
    }
}
