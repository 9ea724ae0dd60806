package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A pipeline's working directory, in which a test runs the scripts of {@code examples/ci} as a job does. */
final class PipelineDesk {

    static final String ID = "sha256:" + "6f0c2a9b1d33".repeat(5) + "6f0c";

    /** A fake chartreuse that records its calls. */
    private static final String CHARTREUSE = """
            #!/bin/sh
            echo "$*" >> "$DESK/calls"
            env | grep ^SHOP_ >> "$DESK/calls"
            case "$*" in
                *'--output sarif'*) cat "$DESK/sarif" ;;
                *)
                    cat "$DESK/markdown"
                    echo 'told on the standard error' >&2
                    for word in "$@"; do
                        if [ "${out:-}" = next ]; then cp "$DESK/json" "$word" 2> "$DESK/none"; fi
                        if [ "$word" = --out ]; then out=next; else out=; fi
                    done
                    exit "$(cat "$DESK/code")"
                    ;;
            esac
            """;

    private static final Path SCRIPTS =
            Example.HOME.resolve("ci/scripts").toAbsolutePath().normalize();
    private static final int MINUTES = 2;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    PipelineDesk(Path directory) {
        for (String tool : List.of("curl", "jq")) {
            Prerequisite.installed(tool, isInstalled(tool));
        }
        this.directory = directory;
        environment.put("DESK", directory.toString());
        environment.put("CHARTREUSE_CI_RETRIES", "0");
        environment.put("NO_PROXY", "*");
        program("chartreuse", CHARTREUSE);
        planned(0, "## A plan\n\nPlan id\n", "{\"id\": \"" + ID + "\"}");
        write("sarif", "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}]}");
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    /** The output and the exit code of one script. */
    record Said(int code, String out, String err) {

        Said endsWith(int expected) {
            assertEquals(expected, code, this::toString);
            assertFalse(toString().contains(Forge.TOKEN), "the token is told");
            return this;
        }

        Said says(String text) {
            assertTrue((out + err).contains(text), this::toString);
            return this;
        }
    }

    PipelineDesk set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Sets the result of the next plan. @param json empty: no plan is saved */
    PipelineDesk planned(int code, String markdown, String json) {
        write("code", String.valueOf(code));
        write("markdown", markdown);
        if (json.isEmpty()) {
            delete("json");
        } else {
            write("json", json);
        }
        return this;
    }

    /** Puts a program before others in the path. */
    PipelineDesk program(String name, String text) {
        Path file = write("bin/" + name, text);
        assertTrue(file.toFile().setExecutable(true));
        return this;
    }

    Path write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        return ChartFolder.read(directory.resolve(file));
    }

    boolean has(String file) {
        return Files.exists(directory.resolve(file));
    }

    void delete(String file) {
        try {
            Files.deleteIfExists(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path script(String name) {
        return SCRIPTS.resolve(name);
    }

    Said run(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script(script).toString()));
        command.addAll(Arrays.asList(arguments));
        return start(command);
    }

    /** Runs lines as GitHub's runner does. */
    Said bash(String lines) {
        return start(List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", lines));
    }

    private Said start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(GITHUB|CI|CHARTREUSE)_.*"));
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", directory.resolve("bin") + ":", (path, ours) -> ours + path);
        try {
            Process process = builder.start();
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), command + " does not end");
            return new Said(process.exitValue(), read("out"), read("err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command.toString(), e);
        }
    }
}
