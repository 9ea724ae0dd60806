package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.session.SessionContext;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** What all commands have: the global options, the host, and the way to a session. */
public abstract class Command implements Callable<Integer> {

    /** All went well, or there was nothing to do. */
    static final int DONE = 0;

    private final Host host;
    private final GlobalOptions options;

    /** @param options parsed by the time that {@link #run} is called */
    protected Command(Host host, GlobalOptions options) {
        this.host = Objects.requireNonNull(host, "host");
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Executes the command.
     *
     * @return the exit code
     */
    protected abstract int run(Console console) throws Exception;

    /**
     * Whether it refuses to run under a Helm chart of another version: true for every command that changes something,
     * plans, or reports whether all is well. Commands that only show something still run, so that the user can find the
     * cause.
     */
    protected boolean isBoundToChart() {
        return false;
    }

    /**
     * Whether it changes resources or the record: its exit code then reports the result, even if the output could not
     * be printed.
     */
    public boolean changesSomething() {
        return false;
    }

    /** In which forms it can print its result. */
    protected Set<Output> forms() {
        return EnumSet.of(Output.human, Output.json);
    }

    /**
     * Refuses to go on under a chart that the command was not written for.
     *
     * @throws ChartreuseException where the environment names such a chart
     */
    protected void requireChart(Map<String, String> environment) {
        ChartVersion.require(environment, List.of(ChartVersion.VARIABLE));
    }

    @Override
    public final Integer call() throws Exception {
        Console console = options.console(host);
        host.log().configure(console.err(), options.isDebug(), options.logFormat(), host.redactor()::redact);
        if (!forms().contains(options.output())) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.USAGE,
                    "results of this command are not printed as " + options.output(),
                    "Use one of: " + forms().stream().map(Output::name).collect(Collectors.joining(", ")) + "."));
        }
        if (isBoundToChart()) {
            requireChart(host.environment());
        }
        return run(console);
    }

    protected GlobalOptions options() {
        return options;
    }

    protected Host host() {
        return host;
    }

    protected boolean json() {
        return options.isJson();
    }

    protected Instant now() {
        return host.clock().instant();
    }

    /** Opens the configuration, which is what its digest says where it is pinned. Touches neither databases nor cluster. */
    protected Session open() {
        options.pins(host).compare();
        return Session.open(options.config(host), sessionContext(Map.of()));
    }

    /** What a session is given. @param more variables beside those of the process */
    SessionContext sessionContext(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(host.environment());
        environment.putAll(more);
        return new SessionContext(host.registry().get(), environment, host.clock(), host.redactor());
    }
}
