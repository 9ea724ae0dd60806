package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.session.Surroundings;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;

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
     * Does it.
     *
     * @return the exit code
     */
    protected abstract int run(Console console) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Console console = options.console(host);
        host.log().configure(console.err(), options.isDebug(), options.logFormat(), host.redactor()::redact);
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

    /** Opens the configuration. Touches neither databases nor cluster. */
    protected Session open() {
        return Session.open(
                options.config(host),
                new Surroundings(host.registry().get(), host.environment(), host.clock(), host.redactor()));
    }
}
