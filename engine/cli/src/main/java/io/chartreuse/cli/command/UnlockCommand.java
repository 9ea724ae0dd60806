package io.chartreuse.cli.command;

import io.chartreuse.cli.document.LockDocument;
import io.chartreuse.cli.insight.NextStep;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the lock from a holder that is dead. Rarely needed: apply takes over by itself what has lapsed. */
@picocli.CommandLine.Command(
        name = "unlock",
        description = {
            "Take the lock from a holder that is dead.",
            "Rarely needed: apply takes over by itself once the holder has been silent for half a minute."
        })
public final class UnlockCommand extends Command {

    @Option(names = "--force", description = "Also from a holder that has renewed it lately.")
    private boolean force;

    @Mixin
    private Confirmation approval = new Confirmation();

    public UnlockCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    public boolean changesSomething() {
        return true;
    }

    @Override
    protected boolean isBoundToChart() {
        return true;
    }

    @Override
    protected int run(Console console) {
        approval.requireWay(console, "taking a lock away", "Say --yes.");
        try (Session session = open()) {
            Optional<Lease> lease = session.lock();
            lease.ifPresent(held -> take(console, session, held));
            if (json()) {
                console.document(LockDocument.of(lease, now()));
            } else {
                console.out().line(lease.isEmpty() ? "The lock is free." : "The lock is free.");
            }
            return DONE;
        }
    }

    private void take(Console console, Session session, Lease lease) {
        String holder = "The lock is held by " + lease.holder() + ", since " + lease.acquiredAt() + ", renewed "
                + lease.renewedAt() + ".";
        (json() ? console.err() : console.out()).line(holder);
        if (!force && NextStep.isAlive(lease, now())) {
            throw alive("the lock's holder may be alive: it holds until " + lease.expiresAt() + " without renewal");
        }
        approval.require(console, "Take the lock from it?");
        if (!session.unlock(lease)) {
            throw alive("the lock was renewed or has changed hands while you looked at it");
        }
    }

    private static ChartreuseException alive(String summary) {
        return new ChartreuseException(Diagnostic.error(
                CliError.HOLDER_ALIVE,
                summary,
                "Look again with `chartreuse status`. Take it from a holder that you know is dead with --force."));
    }
}
