package io.chartreuse.cli.command;

import io.chartreuse.cli.earlier.Conversion;
import io.chartreuse.cli.earlier.Converted;
import io.chartreuse.cli.earlier.EarlierRelease;
import io.chartreuse.cli.earlier.PatroniEndpoints;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Opens what the earlier tool was told as if it stood in a configuration: converted in memory, passwords beside it. */
final class EarlierSession {

    private static final String NAME = "the converted configuration";

    private final Command command;
    private final Console console;

    EarlierSession(Command command, Console console) {
        this.command = command;
        this.console = console;
    }

    /**
     * Opens it. Warnings are said; no password is, from here on.
     *
     * @throws ChartreuseException with all that is wrong with it
     */
    Session open(EarlierRelease release) {
        Conversion.Options options = new Conversion.Options(
                records(), PatroniEndpoints.of(command.host().environment()), false, false);
        Converted converted = new Conversion(release, options).convert();
        Map<String, String> secrets = new TreeMap<>();
        converted.passwords().forEach((variable, password) -> {
            command.host().redactor().add(password);
            secrets.put(variable, password.reveal());
        });
        List<Diagnostic> warnings = converted.warnings();
        new DiagnosticsView(console.err()).print(warnings);
        Path here = Path.of("").toAbsolutePath();
        return Session.open(new ConfigurationText(NAME, converted.text(), here), command.surroundings(secrets));
    }

    /** A folder of this user, for who has no API server to keep records in. */
    private static String records() {
        return Path.of(System.getProperty("java.io.tmpdir"), "chartreuse-" + System.getProperty("user.name", "user"))
                .toString();
    }
}
