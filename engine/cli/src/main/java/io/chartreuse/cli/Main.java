package io.chartreuse.cli;

import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.logging.Logging;
import io.chartreuse.cli.view.Streams;
import io.chartreuse.core.secret.Redactor;
import java.time.Clock;
import java.util.List;

/** Where the process begins. */
public final class Main {

    private static final int WRONG_USE = 64;

    private Main() {}

    public static void main(String[] arguments) {
        JavaVersion.problem(Runtime.version()).ifPresent(Main::refuse);
        Installation installation = new Installation();
        List<String> given = List.of(arguments);
        if (Chartreuse.commandName(given).filter(Chartreuse.BUSY::contains).isPresent()) {
            installation.prepare(given, System.getenv());
        }
        Host host = new Host(
                System.getenv(),
                Clock.systemUTC(),
                Streams.ofProcess(),
                installation,
                new Redactor(),
                Logging::configure);
        System.exit(new Chartreuse(host).run(arguments));
    }

    private static void refuse(String problem) {
        Streams streams = Streams.ofProcess();
        streams.err().println(problem);
        streams.err().flush();
        System.exit(WRONG_USE);
    }
}
