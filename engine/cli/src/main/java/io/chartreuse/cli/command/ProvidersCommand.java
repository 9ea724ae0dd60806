package io.chartreuse.cli.command;

import io.chartreuse.cli.document.InstallationDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.InstallationView;
import io.chartreuse.core.refresh.Registry;

/** Lists what is installed. */
@picocli.CommandLine.Command(name = "providers", description = "List the providers and backends that are installed.")
public final class ProvidersCommand extends Command {

    public ProvidersCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        Registry registry = host().registry().get();
        if (json()) {
            console.document(InstallationDocument.of(registry));
        } else {
            new InstallationView(console.out()).print(registry);
        }
        return DONE;
    }
}
