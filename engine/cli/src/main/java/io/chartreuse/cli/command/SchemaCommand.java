package io.chartreuse.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Parameters;

/** Prints the JSON Schema of a document. */
@picocli.CommandLine.Command(
        name = "schema",
        description = "Print the JSON Schema of configurations, plans, policies, runs or states.")
public final class SchemaCommand extends Command {

    /** What there is a schema of. */
    enum Subject {
        config,
        plan,
        policy,
        run,
        state
    }

    @Parameters(
            paramLabel = "DOCUMENT",
            description = "${COMPLETION-CANDIDATES}; config with the sections of the providers that are installed.")
    private Subject subject;

    public SchemaCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        console.document(
                switch (subject) {
                    case config -> host().registry().get().schema().composed();
                    case plan, policy, run, state -> resource("/io/chartreuse/schemas/" + subject + ".schema.json");
                });
        return DONE;
    }

    private static JsonNode resource(String path) {
        try (InputStream in = SchemaCommand.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + path);
            }
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(path + " is not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
