package io.chartreuse.cli.command;

import io.chartreuse.cli.document.RepairDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.cli.view.RepairView;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Repair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Clears away what a migration left that failed or died outside of a transaction. */
@picocli.CommandLine.Command(
        name = "repair",
        description = {
            "Clear away what a migration left that failed or died outside of a transaction, so that it can run again.",
            "Shows what it would do and asks. What no failed migration is known to have left is asked for one by one;",
            "without a terminal it is left alone unless --also names it. Checksums are never changed."
        })
public final class RepairCommand extends Command {

    @Option(
            names = "--also",
            paramLabel = "NAME",
            description = "Also this one, which no failed migration is known to have left: 'index public.orders_code'.")
    private List<String> also = new ArrayList<>();

    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            defaultValue = "0s",
            converter = DurationOption.class,
            description = "How long to wait for another run that is alive (10s, 5m). Default: ${DEFAULT-VALUE}.")
    private Duration lockTimeout;

    @Mixin
    private Confirmation approval = new Confirmation();

    public RepairCommand(Host host, GlobalOptions options) {
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
    protected int run(Console console) throws InterruptedException {
        try (Session session = open()) {
            List<Repair> found = session.repairs();
            refuseUnknown(found);
            RepairView view = new RepairView(notes(console));
            if (!found.isEmpty() || !json()) {
                view.print(found);
            }
            List<Repair> chosen = choose(found, console);
            List<Repair> done = new ArrayList<>();
            session.repair(chosen, lockTimeout, repair -> {
                done.add(repair);
                view.done(repair);
            });
            if (json()) {
                console.document(RepairDocument.of(session.release(), found, done));
            } else {
                view.printLeft(found, done);
            }
            return DONE;
        }
    }

    /** Asks once for all repairs that are certain, then for each of the others. */
    private List<Repair> choose(List<Repair> found, Console console) {
        List<Repair> chosen =
                new ArrayList<>(found.stream().filter(this::wanted).toList());
        if (!chosen.isEmpty()) {
            approval.requireWay(console, "a repair", "Say --yes.");
            approval.require(console, chosen.size() == 1 ? "Do this?" : "Do these " + chosen.size() + "?");
        }
        if (console.canAsk() && !approval.isGiven()) {
            found.stream()
                    .filter(repair -> !wanted(repair) && console.confirm("Also " + repair.action() + "?"))
                    .forEach(chosen::add);
        }
        return chosen;
    }

    private boolean wanted(Repair repair) {
        return repair.certain() || also.contains(repair.name());
    }

    private void refuseUnknown(List<Repair> found) {
        List<String> unknown = also.stream()
                .filter(name -> found.stream().noneMatch(repair -> repair.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.USAGE,
                    "there is no repair of that name: " + String.join(", ", unknown),
                    found.isEmpty()
                            ? "Nothing is to be repaired."
                            : "Those there are: "
                                    + found.stream().map(Repair::name).collect(Collectors.joining(", "))));
        }
    }

    private Printer notes(Console console) {
        return json() ? console.err() : console.out();
    }
}
