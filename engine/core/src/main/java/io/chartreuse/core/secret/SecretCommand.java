package io.chartreuse.core.secret;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.text.DurationText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program whose output is a secret. Messages never show its arguments or its output; if it fails, they show its error
 * stream.
 *
 * @param words       the program and its arguments
 * @param timeout     for all of it
 * @param directory   where it runs
 * @param environment all that it is given
 */
record SecretCommand(List<String> words, Duration timeout, Path directory, Map<String, String> environment) {

    /** More than any token has; a program that writes without end is cut off. */
    private static final int LONGEST = 64 * 1024;

    private static final int TOLD = 500;

    /** Reading waits: the common pool has no thread to spare where there are few processors. */
    private static final Executor A_THREAD_EACH = reading -> {
        Thread thread = new Thread(reading, "secret-output");
        thread.setDaemon(true);
        thread.start();
    };

    SecretCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** Its output without blanks around it; a thread that is interrupted stays so. */
    String run(Redactor redactor) {
        Process process = start();
        try {
            process.getOutputStream().close();
            String secret = output(process, redactor).strip();
            if (secret.isEmpty()) {
                throw ReferencedSecrets.failure(
                        SecretError.SECRET_EMPTY,
                        program() + " wrote nothing; a secret is to be read from its output",
                        "Run it by hand as the user that runs chartreuse.");
            }
            return secret;
        } catch (IOException e) {
            throw failed("cannot be spoken to", "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw ReferencedSecrets.failure(
                    SecretError.SECRET_MISSING,
                    program() + " cannot be started; a secret is to be read from its output",
                    "Install it where chartreuse runs, or correct its name; it must be on the PATH or an absolute path.");
        }
    }

    private String output(Process process, Redactor redactor) {
        CompletableFuture<String> output =
                CompletableFuture.supplyAsync(() -> text(process.getInputStream()), A_THREAD_EACH);
        CompletableFuture<String> errors =
                CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), A_THREAD_EACH);
        long end = System.nanoTime() + timeout.toNanos();
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failed("took longer than " + DurationText.of(timeout), "");
            }
            long left = Math.max(TimeUnit.MILLISECONDS.toNanos(100), end - System.nanoTime());
            String written = output.get(left, TimeUnit.NANOSECONDS);
            if (process.exitValue() != 0) {
                String said = errors.get(left, TimeUnit.NANOSECONDS);
                throw failed("ended with exit code " + process.exitValue(), redactor.redact(said));
            }
            return written;
        } catch (TimeoutException e) {
            throw failed("left its output open for longer than " + DurationText.of(timeout), "");
        } catch (ExecutionException e) {
            throw failed("cannot be listened to", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", "");
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChartreuseException failed(String how, String said) {
        String line = said.strip().replaceAll("\\s+", " ");
        String end = line.substring(Math.max(0, line.length() - TOLD));
        return ReferencedSecrets.failure(
                SecretError.SECRET_COMMAND_FAILED,
                program() + ", from whose output a secret is to be read, " + how + (end.isEmpty() ? "" : ": " + end),
                "Run it by hand as the user that runs chartreuse; its timeout is a setting beside it.");
    }

    private String program() {
        return "the program " + words.get(0);
    }
}
