package io.chartreuse.cli;

import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.logging.Logging;
import io.chartreuse.cli.view.Streams;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.secret.Redactor;
import java.time.Clock;

/** Where the process begins. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Host host = new Host(
                System.getenv(),
                Clock.systemUTC(),
                Streams.ofProcess(),
                Registry::installed,
                new Redactor(),
                Logging::configure);
        System.exit(new Chartreuse(host).run(arguments));
    }
}
