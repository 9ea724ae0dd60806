package io.chartreuse.cli.command;

import io.chartreuse.cli.legacy.Conversion;
import io.chartreuse.cli.legacy.ConversionResult;
import io.chartreuse.cli.legacy.LegacyEnvironment;
import io.chartreuse.cli.legacy.LegacyRelease;
import io.chartreuse.cli.legacy.PatroniEndpoints;
import io.chartreuse.cli.legacy.SecretArguments;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.store.NewFile;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts the earlier tool's settings to a configuration. Passwords stay where they are. */
@picocli.CommandLine.Command(
        name = "convert",
        description = {
            "Write a configuration that says the same as the earlier tool's settings, with comments on each decision.",
            "Passwords are not written: references stand in their place. Touches neither databases nor cluster."
        })
public final class ConvertCommand extends Command {

    @Parameters(
            arity = "0..1",
            paramLabel = "OLD.yaml",
            description =
                    "The earlier tool's YAML, with databases:. Without it the earlier tool's environment variables"
                            + " are read, CHARTREUSE_MULTI_CONFIG_PATH or CHARTREUSE_ALEMBIC_URL first of all.")
    private Path old;

    @Option(
            names = "--release",
            paramLabel = "NAME",
            description = "The Helm release. Default: what CHARTREUSE_RELEASE_NAME says.")
    private String release;

    @Option(
            names = "--patroni-endpoint",
            paramLabel = "[NAME=]URL",
            description =
                    "Where Patroni's REST API is, of the database NAME or of all: http://shop-pg:8008. Several for"
                            + " several members. Default: what CHARTREUSE_PATRONI_ENDPOINTS says, with commas between.")
    private List<String> endpoints = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write it to this file, which must not be there yet, instead of the standard output.")
    private Path out;

    public ConvertCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        LegacyRelease earlier = read();
        List<Diagnostic> secrets = SecretArguments.find(earlier);
        if (!secrets.isEmpty()) {
            throw new ChartreuseException(secrets);
        }
        Map<String, List<String>> said =
                endpoints.isEmpty() ? PatroniEndpoints.of(host().environment()) : PatroniEndpoints.of(endpoints);
        ConversionResult converted =
                new Conversion(earlier, new Conversion.Options(".chartreuse", said, true, true)).convert();
        check(converted);
        write(console, converted);
        new DiagnosticsView(console.err()).print(converted.warnings());
        return DONE;
    }

    private LegacyRelease read() {
        LegacyEnvironment environment = new LegacyEnvironment(host().environment());
        LegacyRelease earlier = old == null ? environment.withDatabases() : environment.withDatabasesOf(old);
        return release == null ? earlier : earlier.named(release);
    }

    /**
     * Checks that the written configuration is valid; reports any problem that the conversion did not foresee, with its
     * place in the new text.
     */
    private void check(ConversionResult converted) {
        Path folder = (out == null ? Path.of("chartreuse.yaml") : out)
                .toAbsolutePath()
                .getParent();
        Map<String, String> none = new TreeMap<>();
        Session.open(
                        new ConfigurationText("the converted configuration", converted.text(), folder),
                        sessionContext(none))
                .close();
    }

    private void write(Console console, ConversionResult converted) {
        if (out != null) {
            refuseExisting();
            NewFile.write(out, json() ? converted.configuration().toPrettyString() + "\n" : converted.text());
            console.err().line("Written to " + out + ". Check it with: chartreuse validate --config " + out);
        } else if (json()) {
            console.document(converted.configuration());
        } else {
            console.out().write(converted.text());
        }
    }

    private void refuseExisting() {
        if (Files.isRegularFile(out) || Files.isDirectory(out)) { // a device or a pipe loses nothing
            throw new ChartreuseException(Diagnostic.error(
                    CliError.FILE_EXISTS,
                    out + " is there already, and is left as it is",
                    "Name another file, or move it away."));
        }
    }
}
