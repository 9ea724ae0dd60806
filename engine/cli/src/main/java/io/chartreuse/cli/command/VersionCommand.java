package io.chartreuse.cli.command;

import io.chartreuse.cli.document.InstallationDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.session.Version;

/** Says which build this is. */
@picocli.CommandLine.Command(name = "version", description = "Print the version, and what it runs on.")
public final class VersionCommand extends Command {

    public VersionCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        String java = System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (json()) {
            console.document(InstallationDocument.of(Version.current(), java, system));
        } else {
            console.out().line("chartreuse " + Version.current() + ", Java " + java + ", " + system);
        }
        return DONE;
    }
}
