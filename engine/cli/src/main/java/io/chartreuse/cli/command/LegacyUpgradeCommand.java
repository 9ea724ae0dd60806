package io.chartreuse.cli.command;

import io.chartreuse.cli.legacy.LegacyEnvironment;
import io.chartreuse.cli.legacy.LegacyError;
import io.chartreuse.cli.legacy.LegacyRelease;
import io.chartreuse.cli.legacy.PatroniStartup;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.lock.Sleeper;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code chartreuse-upgrade} does: plan and apply, with the earlier tool's variables and YAML as settings. It has
 * no options of its own and asks no questions; it waits for a Patroni cluster that is not configured yet, and for
 * another run of the release.
 */
@picocli.CommandLine.Command(
        name = LegacyUpgradeCommand.NAME,
        customSynopsis = "chartreuse-upgrade",
        hidden = true,
        description = "Migrate as the earlier tool's chartreuse-upgrade did, from its variables and its YAML.")
public final class LegacyUpgradeCommand extends Command {

    static final String NAME = "earlier-upgrade";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final OrderlyEnd end;

    /** @param end guards the run that this begins */
    public LegacyUpgradeCommand(Host host, GlobalOptions options, OrderlyEnd end) {
        super(host, options);
        this.end = end;
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
    protected void requireChart(Map<String, String> environment) {
        ChartVersion.requireOfEarlier(environment, List.of(ChartVersion.VARIABLE, ChartVersion.FORMER_VARIABLE));
    }

    @Override
    protected int run(Console console) throws InterruptedException {
        LegacyEnvironment environment = new LegacyEnvironment(host().environment());
        LegacyRelease release = named(environment.withDatabases());
        try (Session session = new LegacySession(this, console).open(release)) {
            session.rights().requireAll(); // the Role of the earlier chart lacks several
            PlanRun execution = new PlanRun(console, host(), options(), RunOptions.ofHook(), end);
            NextPlan next = new NextPlan(console, json(), Confirmation.given());
            Optional<Plan> plan = patiently(
                    release,
                    console,
                    () -> execution.choose(session, () -> next.choose(session, environment.isInstall())));
            return plan.isEmpty() ? DONE : execution.execute(session, plan.get());
        }
    }

    /** @throws ChartreuseException where nothing names the release */
    static LegacyRelease named(LegacyRelease release) {
        if (release.name().isEmpty()) {
            throw new ChartreuseException(Diagnostic.error(
                    LegacyError.RELEASE_UNKNOWN,
                    "CHARTREUSE_RELEASE_NAME is not set: workloads are found by the release's name",
                    "Set it to the Helm release's name."));
        }
        return release;
    }

    /** What comes next, tried again where it could not be planned. */
    private interface Choice {
        Optional<Plan> choose() throws InterruptedException;
    }

    private Optional<Plan> patiently(LegacyRelease release, Console console, Choice choice)
            throws InterruptedException {
        PatroniStartup readiness = new PatroniStartup(release);
        Instant last = now().plus(release.waitConfigured());
        boolean shown = false;
        while (true) {
            try {
                return choice.choose();
            } catch (ChartreuseException e) {
                if (!readiness.mayCome(e) || now().plus(BETWEEN_LOOKS).isAfter(last)) {
                    throw e;
                }
                if (!shown) {
                    console.err()
                            .line("Not configured yet, waited for until " + last.truncatedTo(ChronoUnit.SECONDS) + ": "
                                    + e.getMessage());
                    shown = true;
                }
            }
            Sleeper.REAL.sleep(BETWEEN_LOOKS);
        }
    }
}
