package io.chartreuse.cli.command;

import io.chartreuse.cli.legacy.Conversion;
import io.chartreuse.cli.legacy.ConversionResult;
import io.chartreuse.cli.legacy.LegacyRelease;
import io.chartreuse.cli.legacy.PatroniEndpoints;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens a session from the earlier tool's settings: they are converted to a configuration in memory, passwords beside
 * it.
 */
final class LegacySession {

    private static final String NAME = "the converted configuration";

    private final Command command;
    private final Console console;

    LegacySession(Command command, Console console) {
        this.command = command;
        this.console = console;
    }

    /**
     * Opens it. Warnings are said; no password is, from here on.
     *
     * @throws ChartreuseException with all that is wrong with it
     */
    Session open(LegacyRelease release) {
        Conversion.Options options = new Conversion.Options(
                records(), PatroniEndpoints.of(command.host().environment()), false, false);
        ConversionResult converted = new Conversion(release, options).convert();
        Map<String, String> secrets = new TreeMap<>();
        converted.passwords().forEach((variable, password) -> {
            command.host().redactor().add(password);
            secrets.put(variable, password.reveal());
        });
        List<Diagnostic> warnings = converted.warnings();
        new DiagnosticsView(console.err()).print(warnings);
        Path here = Path.of("").toAbsolutePath();
        return Session.open(new ConfigurationText(NAME, converted.text(), here), command.sessionContext(secrets));
    }

    /** A folder of this user, for records if no API server is there to keep them in. */
    private static String records() {
        return Path.of(System.getProperty("java.io.tmpdir"), "chartreuse-" + System.getProperty("user.name", "user"))
                .toString();
    }
}
